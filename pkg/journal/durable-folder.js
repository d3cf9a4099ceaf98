import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What a write that was interrupted leaves behind; the name ends in random letters. */
const TEMPORARY = ".tmp-";

/** After that long nobody is about to finish a write. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Far more than any file of a journal has. */
const LARGEST_BYTES = 64 * 1024;

/** What systems, file systems and modes say that make no folder durable. A full or a broken disk says something else. */
const CANNOT_SYNC = new Set(["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"]);

/** A pipe with the name of a file must not hold anybody up; Windows has neither flag. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * A folder of small files, each of them there as a whole or not at all, also after a power cut. It is made when it is
 * first written to, for this user alone. Everything is synchronous: who writes cannot be overtaken.
 */
export class DurableFolder {
  #path;

  constructor(path) {
    this.#path = path;
  }

  pathOf(name) {
    return join(this.#path, name);
  }

  /** Writes a file, in the place of one that is there. It stays after a power cut once `sync` has returned. */
  write(name, text) {
    this.#throughTemporary(name, text, (temporary, path) => renameSync(temporary, path));
  }

  /** Writes a file unless it is there: of several that try at the same instant, one is told `true`. */
  create(name, text) {
    return this.#throughTemporary(name, text, (temporary, path) => {
      try {
        linkSync(temporary, path);
        return true;
      } catch (error) {
        if (error.code === "EEXIST") return false;
        throw error;
      } finally {
        rmSync(temporary, { force: true });
      }
    });
  }

  #throughTemporary(name, text, place) {
    const temporary = this.pathOf(`${name}${TEMPORARY}${randomBytes(6).toString("hex")}`);
    const file = this.#open(temporary);
    try {
      try {
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return place(temporary, this.pathOf(name));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  #open(path) {
    try {
      return openSync(path, "wx", 0o600);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
      makeFolder(this.#path);
      return openSync(path, "wx", 0o600);
    }
  }

  /** Makes durable which files there are. */
  sync() {
    syncFolder(this.#path);
  }

  /** The text of a file; `undefined` if there is none. Throws where it cannot be read. */
  read(name) {
    let file;
    try {
      file = openSync(this.pathOf(name), READING);
      const status = fstatSync(file);
      if (!status.isFile()) throw new Error("it is not a file");
      if (status.size > LARGEST_BYTES) throw new Error(`it has ${status.size} bytes`);
      return readFileSync(file, "utf8");
    } catch (error) {
      if (error.code === "ENOENT") return undefined;
      throw error;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  remove(name) {
    rmSync(this.pathOf(name), { force: true });
  }

  /** The names of what there is, of what is being written too. */
  names() {
    try {
      return readdirSync(this.#path).sort();
    } catch (error) {
      if (error.code === "ENOENT") return [];
      throw error;
    }
  }

  /** Removes what interrupted writes have left. What cannot be removed stays. */
  sweep() {
    try {
      for (const name of readdirSync(this.#path)) {
        const path = this.pathOf(name);
        if (name.includes(TEMPORARY) && Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS)
          rmSync(path);
      }
    } catch {
      // It does no harm: nobody takes it for a file of the journal.
    }
  }
}

/** Makes a folder, and those above it that are missing: their names have to be durable too. */
function makeFolder(path) {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (error.code === "EEXIST") return;
    // Not by `recursive`, which says ENOENT whatever the reason is.
    if (error.code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    makeFolder(path);
    return;
  }
  syncFolder(dirname(path));
}

/** Where that can be done: Windows opens no folder, nor does a user who may not look into it. */
function syncFolder(path) {
  let folder;
  try {
    folder = openSync(path, "r");
    fsyncSync(folder);
  } catch (error) {
    if (!CANNOT_SYNC.has(error.code)) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
