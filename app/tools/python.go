package tools

import (
	"fmt"
	"strconv"
)

// pythonVersion is how to ask for the version of a Python package, which may not be installed.
func pythonVersion(name string) *Version {
	return &Version{
		Name: name, Args: []string{"-c", fmt.Sprintf("from importlib import metadata; print(%[1]q, metadata.version(%[1]q))", name)},
		Pattern: name + ` (\S+)`, Optional: true,
	}
}

// pythonTool is a Python package, which is used in programs.
func pythonTool(id, name, distribution, folder string) Definition {
	return Definition{
		ID: id, Name: name, Program: "python3", Package: folder, Language: "python", Version: pythonVersion(distribution),
	}
}

// py is a string of Python.
func py(s string) string { return strconv.QuoteToASCII(s) }
