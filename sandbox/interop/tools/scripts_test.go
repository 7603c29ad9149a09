//go:build linux && interop

package tools

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// way is how a tool gets the credentials.
type way string

const (
	byExec    way = "`daypass exec`"
	byProfile way = "profile"
	byEnv     way = "`daypass env`"
)

// of returns the command line that runs another in this way.
func (w way) of(args []string) []string {
	switch w {
	case byExec:
		return append([]string{computer.Program, "exec", sandboxID, "--"}, args...)
	case byEnv:
		return append([]string{"sh", "-c", `eval "$(daypass env "$0")" && exec "$@"`, sandboxID}, args...)
	}
	return args
}

// script is a Python program in testdata that takes the steps with one package.
type script struct {
	tool string
	way  way
	// file is its name, package that of which the version is shown, and environment where it is installed; empty for
	// the system's.
	file, pkg, environment string
	// steps are those that it must do.
	steps []string
}

var scripts = []script{
	{"boto3", byExec, "with_boto3", "boto3", "aws", allSteps},
	{"boto3", byProfile, "with_boto3", "boto3", "aws", allSteps},
	{"boto3", byExec, "with_boto3", "boto3", "", allSteps},
	{"boto3", byProfile, "with_boto3", "boto3", "", allSteps},
	{"s3fs, pandas", byExec, "with_pandas", "s3fs", "data", allSteps},
	{"s3fs, pandas", byProfile, "with_pandas", "s3fs", "data", allSteps},
	{"polars", byExec, "with_polars", "polars", "aws", []string{read, wrote, renewed}},
	{"polars", byProfile, "with_polars", "polars", "aws", []string{read, wrote, renewed}},
	{"pyarrow", byExec, "with_pyarrow", "pyarrow", "data", allSteps},
	{"pyarrow", byProfile, "with_pyarrow", "pyarrow", "data", allSteps},
	{"delta-rs", byExec, "with_deltalake", "deltalake", "data", allSteps},
	{"obstore", byExec, "with_obstore", "obstore", "data", allSteps},
	{"Lance", byExec, "with_lance", "pylance", "data", []string{read, wrote, renewed}},
	{"rasterio (GDAL)", byExec, "with_rasterio", "rasterio", "data", []string{read, wrote, renewed}},
	{"htslib (pysam)", byEnv, "with_pysam", "pysam", "data", []string{read, wrote}},
	{"pyiceberg", byExec, "with_pyiceberg", "pyiceberg", "data", []string{read, wrote, renewed}},
	{"DuckDB", byProfile, "with_duckdb", "duckdb", "duckdb", allSteps},
	{"MLflow", byExec, "with_mlflow", "mlflow-skinny", "aws", allSteps},
}

func (s script) run(t *testing.T) {
	t.Parallel()
	python := "/usr/bin/python3"
	if s.environment != "" {
		python = filepath.Join(environments, s.environment, "bin", "python3")
	}
	args := []string{python, "testdata/steps.py", "testdata/" + s.file + ".py", s.pkg, world.Endpoint, bucket, folderOf(t), s.profile(), fmt.Sprint(pause.Seconds())}
	args = s.way.of(args)
	cmd := computer.Command(t.Context(), args[0], args[1:]...)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	err := cmd.Run()
	r := result{tool: s.tool, way: s.way}
	for line := range strings.Lines(out.String()) {
		if version, is := strings.CutPrefix(strings.TrimSpace(line), "version "); is {
			r.version = version
		} else if step := strings.TrimSpace(line); slices.Contains(allSteps, step) {
			r.steps = append(r.steps, step)
		}
	}
	results.add(r)
	for _, step := range s.steps {
		if !slices.Contains(r.steps, step) {
			t.Errorf("%s: not %s: %v\n%s%s", strings.Join(args, " "), step, err, &out, &words)
			return
		}
	}
}

// profile is what the script is to use; a hyphen where it is to take what its environment has.
func (s script) profile() string {
	if s.way == byProfile {
		return profile
	}
	return "-"
}

// folderOf is the folder of a test in the bucket.
func folderOf(t *testing.T) string {
	return "interop/" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, strings.ToLower(path.Base(t.Name())))
}
