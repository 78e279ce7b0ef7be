# shellcheck shell=bash disable=SC2154
# Sourced by the scripts that run a class of the tests' class path. Needs $checkout and sets
# $class_path. Compiles only if a source is newer than the last build, so that most starts need no
# Maven.

build_class_path() {
  local file=$checkout/target/playground.classpath
  if [[ ! -e $file ]] ||
    [[ -n $(find "$checkout/pom.xml" "$checkout/src" "$checkout/sql" -newer "$file" \
      -print -quit) ]]; then
    echo 'Building …' >&2
    (cd "$checkout" && mvn -B -q -DskipTests test-compile \
      dependency:build-classpath -Dmdep.outputFile="$file") >&2
    # Maven does not write a file whose content stays the same, so its time must be set here.
    touch "$file"
  fi
  # shellcheck disable=SC2034 # Used by the script that sources this.
  class_path=$checkout/target/test-classes:$checkout/target/classes:$(<"$file")
}
