# shellcheck shell=bash
# Sourced by the scripts that run Java. Sets $java, or ends the script with a sentence.

if [[ -n ${JAVA_HOME-} ]]; then
  java=$JAVA_HOME/bin/java
  if [[ ! -x $java ]]; then
    printf '%s: JAVA_HOME is wrong: there is no Java at %s.\n' "${0##*/}" "$java" >&2
    exit 1
  fi
elif ! java=$(command -v java); then
  printf '%s: There is no Java: install a JDK 17 or later, or set JAVA_HOME.\n' "${0##*/}" >&2
  exit 1
fi
