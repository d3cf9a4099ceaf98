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
import { dirname, join, relative, sep } from "node:path";

/** What a write that was interrupted leaves behind; the name ends in random letters. */
const TEMPORARY = ".tmp-";

/** After that long nobody is about to finish a write. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Far more than any file of a journal has. */
const LARGEST_BYTES = 64 * 1024;

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
      this.#make();
      return openSync(path, "wx", 0o600);
    }
  }

  /** The folder, and those above it that are missing: their names have to be durable too. */
  #make() {
    const first = mkdirSync(this.#path, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    const made = relative(dirname(first), this.#path).split(sep);
    for (let count = 0; count < made.length; count += 1) {
      syncFolder(join(dirname(first), ...made.slice(0, count)));
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

  /** The names of what there is, but for what is being written. */
  names() {
    let names;
    try {
      names = readdirSync(this.#path);
    } catch (error) {
      if (error.code === "ENOENT") return [];
      throw error;
    }
    return names.filter((name) => !name.includes(TEMPORARY)).sort();
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

function syncFolder(path) {
  let folder;
  try {
    folder = openSync(path, "r");
  } catch (error) {
    // Windows opens no folder, and makes names durable by itself.
    if (process.platform === "win32") return;
    throw error;
  }
  try {
    fsyncSync(folder);
  } catch (error) {
    // Some file systems cannot; a full or a broken disk can, and says so.
    if (!["EINVAL", "ENOTSUP", "EPERM", "EBADF"].includes(error.code)) throw error;
  } finally {
    closeSync(folder);
  }
}
