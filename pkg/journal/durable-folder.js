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

/** Part of the name of an unfinished file. Random letters follow. */
const TEMPORARY = ".tmp-";

/** The age at which an unfinished file counts as abandoned. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Far more than the size of any file of a journal. */
const LARGEST_BYTES = 64 * 1024;

/** The errors of systems that cannot sync a folder. A full or broken disk has other ones. */
const CANNOT_SYNC = new Set(["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"]);

/** A pipe with the name of a file must not block. Windows has neither flag. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * A folder of small files. Each file is complete or missing, also after a power cut. The folder is made at the first write, for
 * this user alone. Everything is synchronous, so that writes stay in order.
 */
export class DurableFolder {
  #path;

  constructor(path) {
    this.#path = path;
  }

  pathOf(name) {
    return join(this.#path, name);
  }

  /** Writes or replaces a file. It survives a power cut once `sync` has returned. */
  write(name, text) {
    this.#throughTemporary(name, text, (temporary, path) => renameSync(temporary, path));
  }

  /** Writes a file unless it exists. Of several that try at the same instant, one gets `true`. */
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

  /** Makes the names of the files durable. */
  sync() {
    syncFolder(this.#path);
  }

  /** Returns the text of a file, or `undefined` if there is none. Throws if it cannot be read. */
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

  /** Returns the names of all files, unfinished ones too. */
  names() {
    try {
      return readdirSync(this.#path).sort();
    } catch (error) {
      if (error.code === "ENOENT") return [];
      throw error;
    }
  }

  /** Removes abandoned files, where it can. */
  sweep() {
    try {
      for (const name of readdirSync(this.#path)) {
        const path = this.pathOf(name);
        if (name.includes(TEMPORARY) && Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS)
          rmSync(path);
      }
    } catch {
      // An abandoned file does no harm: it is no file of the journal.
    }
  }
}

/** Makes a folder and its missing parents. Their names have to be durable too. */
function makeFolder(path) {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (error.code === "EEXIST") return;
    // Not by `recursive`, which hides the reason behind ENOENT.
    if (error.code !== "ENOENT" || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    makeFolder(path);
    return;
  }
  syncFolder(dirname(path));
}

/** Syncs a folder if possible. Windows cannot open one, nor can a user without permission to read it. */
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
