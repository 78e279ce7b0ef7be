# shellcheck shell=bash disable=SC2154
# Sourced by the scripts that run a class of the tests' class path. Needs $checkout; sets $class_path
# and compiles only what has changed since, so that the next start needs no Maven.

build_class_path() {
  local file=$checkout/target/playground.classpath
  if [[ ! -e $file ]] ||
    [[ -n $(find "$checkout/pom.xml" "$checkout/src" "$checkout/sql" -newer "$file" \
      -print -quit) ]]; then
    echo 'Building …' >&2
    (cd "$checkout" && mvn -B -q -DskipTests test-compile \
      dependency:build-classpath -Dmdep.outputFile="$file") >&2
    # Maven leaves a file alone whose content would be the same.
    touch "$file"
  fi
  # shellcheck disable=SC2034 # Used by the script that sources this.
  class_path=$checkout/target/test-classes:$checkout/target/classes:$(<"$file")
}
