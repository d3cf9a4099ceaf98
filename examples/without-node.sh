#!/bin/sh
# An active status, a program, and IDLE whatever happens, where there is no Node: with curl and a trap.
#
#   COVEO_ORGANIZATION_ID=… COVEO_SOURCE_ID=… COVEO_ACCESS_TOKEN=… ./without-node.sh REBUILD PROGRAM [ARGUMENT]…
#
# Exit code: the program's; 125 if the active status could not be set; 75 if the program succeeded and IDLE could not be
# set; 143 if it was stopped before the program began. What `push-source-status run` does beyond this: it kills a program
# that does not stop, sends each signal on as it is, and knows more of what a failed request means.
set -u

endpoint=${COVEO_ENDPOINT:-https://api-eu.cloud.coveo.com/push/v1}
url=$endpoint/organizations/${COVEO_ORGANIZATION_ID:?}/sources/${COVEO_SOURCE_ID:?}/status
: "${COVEO_ACCESS_TOKEN:?}"

# Prints the HTTP status, or 000. The token goes through a pipe: among curl's arguments, ps would show it.
set_status() {
  printf 'header = "Authorization: Bearer %s"\n' "$COVEO_ACCESS_TOKEN" |
    curl --config - --silent --show-error --output /dev/null --write-out '%{http_code}' \
      --max-time 10 --retry 5 --retry-connrefused --retry-max-time 60 \
      --header 'Content-Type: application/json' --header 'Accept: application/json' --data '{}' \
      "$url?statusType=$1"
}

finish() {
  trap '' TERM HUP INT
  case $(set_status IDLE) in
    2??) ;;
    *)
      echo "$0: $COVEO_SOURCE_ID was left active; set it to IDLE" >&2
      [ "$code" -ne 0 ] || code=75
      ;;
  esac
  exit "$code"
}

# A program in the background cannot get INT, so each of these reaches it as TERM.
stop() {
  stopped=yes
  [ -z "$program" ] || kill -TERM "$program" 2>/dev/null
}

active=$1
shift
stopped=
program=
code=125
trap stop TERM HUP INT

http=$(set_status "$active")
[ -z "$stopped" ] || code=143
case $http in
  2??)
    trap finish EXIT
    [ -z "$stopped" ] || exit
    ;;
  4??)
    echo "$0: $active was refused, so the program was not started" >&2
    exit "$code"
    ;;
  *)
    # It may have been set all the same.
    echo "$0: $active could not be set, so the program was not started" >&2
    finish
    ;;
esac

# In the background its standard input would be empty.
exec 3<&0
"$@" <&3 3<&- &
program=$!
# One that came before its number was known has not reached it.
[ -z "$stopped" ] || stop
# A signal interrupts the wait, and the program may take its time.
while :; do
  wait "$program"
  code=$?
  kill -0 "$program" 2>/dev/null || break
done
