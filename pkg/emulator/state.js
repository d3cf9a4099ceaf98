import { ActivityLog } from "./activity-log.js";
import { DocumentStore } from "./document-store.js";
import { FileContainers } from "./file-containers.js";

/** What the emulated service knows: what operations read and change. */
export class State {
  directory;
  activities = new ActivityLog();
  documents = new DocumentStore();
  files = new FileContainers();
  /** The open streams, by their ids. */
  streams = new Map();

  constructor(directory) {
    this.directory = directory;
  }

  /** Everything that was pushed, and what is on its way. */
  clearDocuments() {
    this.documents.clear();
    this.files.clear();
    this.streams.clear();
  }
}
