import { ActivityLog } from "./activity-log.js";
import { DocumentStore } from "./document-store.js";
import { FileContainers } from "./file-containers.js";

/** The state of the emulated service, which operations read and change. */
export class State {
  directory;
  activities = new ActivityLog();
  documents = new DocumentStore();
  files = new FileContainers();
  /** The open streams, by id. */
  streams = new Map();

  constructor(directory) {
    this.directory = directory;
  }

  /** Forgets everything that was pushed, with file containers and streams. */
  clearDocuments() {
    this.documents.clear();
    this.files.clear();
    this.streams.clear();
  }
}
