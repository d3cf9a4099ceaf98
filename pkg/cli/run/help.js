export const help = `Usage: push-source-status run STATUS --source ID [--source ID]… -- PROGRAM …

Sets the active status (REBUILD, REFRESH or INCREMENTAL), runs the program, and
sets IDLE whatever happens. Signals reach all that the program has started, and
IDLE waits for it; not for what leaves the process group (setsid, daemons).
Never by npx or npm run, which lose a TERM; a script has to begin with exec.

  --source ID             a source; may be given again         (COVEO_SOURCE_ID)
  --organization ID, --region NAME, --environment NAME, --endpoint URL
  [--insecure-http]       the organization and its place             (COVEO_…)
  --token-file FILE       the token        (COVEO_ACCESS_TOKEN, COVEO_API_KEY)
  --on-activation-failure stop|continue    whether it runs without the status
  --grace TIME, --linger TIME    from TERM to KILL (5s); for what is left (same)
  --foreground            the program stays in the process group of run
  --if-running refuse|skip|wait|allow      where another run has the source
  --journal DIR, --owner NAME, --no-journal   what may be active after a crash
  --json, -q              one event a line, to standard error; failures alone

Exit code: the program's; 128+n for a signal; 75 if it succeeded and IDLE could
not be set; 73 where another run has the source; 125 if it was not started, 126
not executable, 127 not found.
  push-source-status run REBUILD --source my-source -- node connector.js
`;
