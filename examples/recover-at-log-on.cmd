@echo off
rem Windows has no run: there a connector keeps a journal by itself, with the library. This makes a task that sets IDLE for
rem what a killed one has left, when its user logs on. Run it once, as that user, in a terminal of an administrator.
rem
rem A process that has got the pid of a killed one looks like it. What stays live for no reason, recover --forget ID strikes.

schtasks /create /tn "push-source-status recover" /sc onlogon /tr "cmd /c push-source-status recover --all --quiet --organization my-organization --region eu --token-file C:\coveo\token"
