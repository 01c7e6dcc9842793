#!/bin/sh
# Builds the scripts of pages with the Node.js of this machine or, where there is none, with that of a package of Python's index,
# in an environment of its own. Where neither is to be had, it says so in one line: everything else works without.
#
# client/build.sh VENV; run from the root of the checkout. Touches query_service/static/client/.built when it has built.
case $1 in
  /*) venv=$1 ;;
  *) venv=$(pwd)/$1 ;;
esac
node_at_least=18

say_left_out() {
  echo "$1: the SPARQL editor and the interactive network are left out, and all else works. Install Node.js $node_at_least or newer, or connect to the network, and run this again." >&2
  exit 0
}

is_usable() { # Node.js that is new enough, with npm
  command -v npm >/dev/null 2>&1 &&
    node -e "process.exit(Number(process.versions.node.split('.')[0]) >= $node_at_least ? 0 : 1)" >/dev/null 2>&1
}

if ! is_usable; then
  PATH="$venv/node/bin:$PATH"
  if ! is_usable; then
    echo "Installing Node.js for the scripts of pages ..."
    "$venv/bin/python" -m venv --without-pip "$venv/node" &&
      "$venv/bin/python" -m pip --python "$venv/node/bin/python" install --quiet --disable-pip-version-check --retries 1 --require-hashes \
        --requirement requirements-node.lock >"$venv/node.log" 2>&1 ||
      say_left_out "Node.js is missing and could not be fetched"
    is_usable || say_left_out "Node.js was fetched and does not run here"
  fi
fi

echo "Building the scripts of pages ..."
(cd client && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000 --loglevel=error) >"$venv/client.log" 2>&1 ||
  say_left_out "The packages of the scripts of pages could not be fetched (see $venv/client.log)"
node client/build.mjs || say_left_out "The scripts of pages could not be built"
touch query_service/static/client/.built
