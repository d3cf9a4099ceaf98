/**
 * A journal in a database, for connectors that share no disk. A journal is any object with `opened` and `closed`. If `opened`
 * returns a promise, the request waits for it. Here the database is the SQLite of Node 22.13 and later.
 */
import { DatabaseSync } from "node:sqlite";
import { clientFromEnv } from "push-source-status/env";

const database = new DatabaseSync(process.env.JOURNAL_DATABASE);
database.exec(`CREATE TABLE IF NOT EXISTS active (
  source_id TEXT PRIMARY KEY, organization_id TEXT, endpoint TEXT, status_type TEXT, kind TEXT, at INTEGER, run TEXT
)`);
const put = database.prepare("INSERT OR REPLACE INTO active VALUES (?, ?, ?, ?, ?, ?, ?)");
const strike = database.prepare("DELETE FROM active WHERE source_id = ?");

const journal = {
  async opened(entries) {
    for (const { sourceId, organizationId, endpoint, statusType, kind, at } of entries) {
      put.run(sourceId, organizationId, endpoint, statusType, kind, at, `${process.pid}`);
    }
  },
  async closed(entries) {
    for (const { sourceId } of entries) strike.run(sourceId);
  },
};

const client = clientFromEnv({ journal });
await client.runActivity(process.env.COVEO_SOURCE_ID, "REBUILD", async () => {
  const [{ source_id, status_type }] = database.prepare("SELECT * FROM active").all();
  console.log(`${source_id} may be in ${status_type}`);
});
await client.close();
const { left } = database.prepare("SELECT count(*) AS left FROM active").get();
console.log(`${left} sources may be active`);
