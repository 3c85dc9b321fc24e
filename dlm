#!/usr/bin/env bash
# Starts the dlm command: finds a JDK 25, builds what is missing or older than its sources, then runs it.
# DLM_JAVA_OPTIONS is passed to java (for example -Xmx8g).
set -euo pipefail

# The folder of this script, also when it is called through symbolic links.
script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
  target=$(readlink "$script")
  case $target in
    /*) script=$target ;;
    *) script=$(dirname "$script")/$target ;;
  esac
done
root=$(cd "$(dirname "$script")" && pwd -P)

# A JDK says its version in a file; asking it is much faster than starting it.
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

find_jdk25() {
  local on_path home
  on_path=$(command -v javac || true)
  while [ -L "$on_path" ]; do
    target=$(readlink "$on_path")
    case $target in
      /*) on_path=$target ;;
      *) on_path=$(dirname "$on_path")/$target ;;
    esac
  done
  for home in "${JAVA_HOME:-}" "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/lib/jvm/* /usr/local/openjdk* /opt/* /opt/java/* /opt/jdk/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jabba/jdk/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

if ! jdk=$(find_jdk25); then
  echo "dlm: no JDK 25 found; install one (such as Eclipse Temurin 25, package temurin-25-jdk) or set JAVA_HOME to it" >&2
  exit 1
fi

# For scripts that start other programs with the same Java.
if [ "${1:-}" = --java-home ]; then
  printf '%s\n' "$jdk"
  exit
fi

built=$root/cli/target/dlm-built
sources_newer() {
  [ ! -e "$built" ] || [ -n "$(find "$root/pom.xml" "$root/grammar" "$root/compiler" "$root/runtime" "$root/snappy" "$root/parquet" "$root/editor" "$root/cli" "$root/docs/errors" \
    \( -path '*/target' -o -path '*/src/test' \) -prune -o -type f -newer "$built" -print 2>/dev/null | head -n 1)" ]
}

build() {
  if ! command -v mvn >/dev/null; then
    echo "dlm: Maven is needed to build dlm; install it (package maven), version 3.8 or later" >&2
    exit 1
  fi
  echo "dlm: building (a minute on first use, then only when sources change) ..." >&2
  # Maven needs some Java for itself; where none is on the path it gets the one we found.
  if ! command -v java >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
    export JAVA_HOME=$jdk
  fi
  local start=$root/cli/target/dlm-build-start.$$
  mkdir -p "$root/cli/target"
  touch "$start"
  local log=$root/cli/target/dlm-build.log
  if ! mvn -q -B -Dstyle.color=never -f "$root/pom.xml" -pl cli -am -DskipTests package >"$log" 2>&1; then
    cat "$log" >&2
    echo "dlm: the build failed, see above (or $log)" >&2
    exit 1
  fi
  # As old as the start of the build (Maven made it new): a source that changed meanwhile counts as newer.
  mv "$start" "$built"
}

if sources_newer; then
  # One build at a time; who waited for another's looks again.
  if command -v flock >/dev/null; then
    mkdir -p "$root/cli/target"
    exec 9>"$root/cli/target/dlm-build.lock"
    flock 9
  fi
  if sources_newer; then
    build
  fi
  exec 9>&-
fi

class_path=$(printf '%s:' "$root"/cli/target/dlm-cli-*.jar "$root"/cli/target/lib/*.jar)
# A training step allocates nothing, so the simplest collector serves, in a fifth of the memory of the others.
# A small heap to begin with: by itself Java takes a share of the machine's memory and fills it before it collects.
options=(--add-modules jdk.incubator.vector -Xlog:disable -XX:+UseSerialGC -Xms64m)
case "${1:-}" in
  # Over in a second or two: the fastest code is not worth the time of making it.
  check | compile | summary | inspect | explain | ops | lsp) options+=(-XX:TieredStopAtLevel=1) ;;
  # What need not be optimised is left alone, so that the model's loops are sooner. What the JVM has to say of that must not
  # mix with results. A kernel is optimised after 100 calls, as a whole; by itself Java would often optimise each of its loops
  # first, while one of them runs, and then throw that away.
  *) options+=(-XX:+DisplayVMOutputToStderr -XX:+UnlockDiagnosticVMOptions
    "-XX:CompilerDirectivesFile=$root/cli/compiler-directives.json"
    -XX:Tier4MinInvocationThreshold=100 -XX:Tier4BackEdgeThreshold=400000) ;;
esac

# Classes parsed once are kept in a file, which halves the time to start. The JVM does without where it does not fit. Where
# it is missing or older than the jars, a process that loads most of what there is makes it when it ends, under a name of
# its own, so that no other process ever sees half of it.
version=
while IFS='=' read -r key value; do
  [ "$key" = JAVA_RUNTIME_VERSION ] && version=${value//[^A-Za-z0-9.+-]/}
done <"$jdk/release"
archive=$root/cli/target/dlm-$version.jsa
new_archive=
if [ ! -s "$archive" ] \
  || [ -n "$(find "$root"/cli/target/*.jar "$root"/cli/target/lib/*.jar -newer "$archive" -print -quit 2>/dev/null)" ]; then
  case "${1:-} $* " in
    train* | run* | bench* | compile*" --classes"*)
      if [ -w "$root/cli/target" ]; then
        new_archive=$archive.$$
        # Also what compiles a model belongs there, so that is loaded even where the model's classes are kept.
        options+=("-XX:ArchiveClassesAtExit=$new_archive" -Ddlm.compile.again=true)
      fi
      ;;
  esac
else
  options+=("-XX:SharedArchiveFile=$archive")
fi
if [ -t 2 ]; then
  export DLM_LIVE=1
  columns=$(stty size 2>/dev/null <&2 | cut -d ' ' -f 2 || true)
  export COLUMNS=${columns:-100}
fi

# The JVM's first lines on standard error say that directives were read and that the vector module is incubating, on every
# start; only those are taken out. What follows passes through cat unchanged, also after Ctrl-C.
exec "$jdk/bin/java" "${options[@]}" ${DLM_JAVA_OPTIONS:-} -cp "${class_path%:}" org.dlm.cli.Main "$@" 2> >(
  trap '' INT
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      *' compiler directives added') continue ;;
      'WARNING: Using incubator modules'*) ;;
      *) printf '%s\n' "$line" ;;
    esac
    break
  done >&2
  cat >&2
  if [ -n "$new_archive" ]; then
    mv -f "$new_archive" "$archive" 2>/dev/null
  fi
)
