#!/bin/sh
# Makes a repository of DVC's with one file and a remote: dvc.sh DVC FOLDER URL ENDPOINT PROFILE
set -e
mkdir -p "$2"
cd "$2"
"$1" init -q --no-scm
"$1" config core.analytics false
"$1" remote add -d --local lake "s3://$3"
"$1" remote modify --local lake profile "$5"
"$1" remote modify --local lake endpointurl "$4"
echo "temperature 21.4" >readings.txt
"$1" add -q readings.txt
