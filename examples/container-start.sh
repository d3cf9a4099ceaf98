#!/bin/sh
# The first step of a container whose connector keeps a journal by itself, with the library's fileJournal: sets IDLE for what
# an earlier container has left, and then becomes the connector.
#
# ENTRYPOINT ["container-start.sh"]
# CMD ["node", "/opt/connector/connector.js"]
#
# The journal's folder is on a volume that outlives the container. The connector gives its journal the same owner; without
# one, a new container cannot tell whether an earlier one is still at work. Not where two may run at once.

# A container that comes up before its network waits for it here, for a minute at most, and starts all the same.
push-source-status recover --all --owner "$COVEO_SOURCE_ID" --timeout 60s

exec "$@"
