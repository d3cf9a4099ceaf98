export const help = `Sets the status of Coveo Push sources: REBUILD, REFRESH or INCREMENTAL while
content is retrieved, IDLE afterwards.

Usage: push-source-status COMMAND …, or --version; COMMAND --help says more

  run          an active status, then any program, and IDLE whatever happens
  set          set one source, or hundreds
  unfinished   what killed runs have left active, and what runs now
  recover      set what killed runs have left to IDLE
  statuses     what each status means, what it costs, what the console calls it
  page         the admin page, on this machine
  emulator     a local stand-in for the service, to try things

Settings, as variables or as flags; a flag wins:
  COVEO_ORGANIZATION_ID   --organization ID
  COVEO_SOURCE_ID         --source ID
  COVEO_REGION            --region us|ca|eu|au
  COVEO_ENVIRONMENT       --environment NAME   production unless given
  COVEO_ENDPOINT          --endpoint URL       in place of these two
  COVEO_ACCESS_TOKEN      --token-file FILE    never a flag: ps would show it

  push-source-status run REBUILD --source my-source -- node connector.js
  push-source-status set IDLE --source my-source
`;
