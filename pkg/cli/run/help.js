export const help = `Usage: push-source-status run STATUS --source ID [--source ID]… -- PROGRAM …

Sets the active status (REBUILD, REFRESH or INCREMENTAL), runs the program, and
sets IDLE whatever happens: the program sets none itself. Signals reach all that
it starts, and IDLE waits for that; not for what leaves the group (setsid).
Never by npx or npm run, which lose a TERM; a script has to begin with exec.

  --source ID             a source; may be given again         (COVEO_SOURCE_ID)
  --organization ID, --region NAME, --environment NAME, --endpoint URL
  [--insecure-http]       the organization and its place             (COVEO_…)
  --token-file FILE       the token        (COVEO_ACCESS_TOKEN, COVEO_API_KEY)
  --activation-timeout TIME (60s), --close-timeout TIME (90s)      for the tries
  --on-activation-failure stop|continue    whether it runs without the status
  --grace TIME (5s), --linger TIME         from TERM to KILL; for what it leaves
  --foreground, --keep-env                 it stays in this process group; sees
                          the COVEO_… variables as they are, whatever the flags
  --if-running refuse|skip|wait|allow      for another run; recover gets 10 s
  --journal DIR, --owner NAME, --no-journal    what may be active after a crash
  --dry-run, --events-file FILE, --json, -q

Exit code: the program's; 128+n for a signal; 75 if it succeeded and IDLE could
not be set; 73 another run; 125 not started, 126 not executable, 127 not found.
  push-source-status run REBUILD --source my-source -- node connector.js
`;
