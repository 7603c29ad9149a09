// Package install installs other tools by their own files, and uninstalls them again.
package install

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/app/tools/files"
)

// Errors of this package.
var (
	// ErrNoTool: there is nothing to install for a tool of this name.
	ErrNoTool = errors.New("there is nothing to set up for this tool")
	// ErrChanged: the change is no longer the one that was shown.
	ErrChanged = errors.New("the files have changed since")
)

// Installer installs tools for one connection.
type Installer struct {
	Paths  tools.Paths
	Access tools.Access
	// Program is the daypass program, for credential_process.
	Program string
}

// setup is what the tools' files are made from.
func (s Installer) setup() tools.Setup {
	return tools.Setup{
		Access: s.Access, Paths: s.Paths, Daypass: s.daypass(),
		Creds: tools.CredsCommand(CredsProgram(s.Program), s.Access.Connection),
	}
}

// CredsProgram returns the program that tools are to run for credentials: the daypass-creds beside daypass, which
// answers sooner, else daypass itself.
func CredsProgram(daypass string) string {
	beside := filepath.Join(filepath.Dir(daypass), tools.CredsProgram)
	if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
		return beside
	}
	return daypass
}

// files returns the entries of a tool. The AWS profile serves several; uninstalling another tool's own entry leaves
// it in place.
func (s Installer) files(tool string, step tools.Step) ([]tools.File, error) {
	d := tools.Find(tool)
	if !d.NeedsFiles() {
		return nil, ErrNoTool
	}
	return d.InstalledFiles(s.setup(), step)
}

func options(f tools.File) files.Options {
	return files.Options{KeepEmpty: f.KeepEmpty, Touched: touched}
}

// touched reports whether there is something in a file that Daypass has put there.
func touched(text []byte) bool {
	return bytes.Contains(text, []byte(edit.Marker)) || slices.ContainsFunc(tools.All(), func(d tools.Definition) bool {
		return d.CredentialsFile != nil && bytes.Contains(text, []byte(d.CredentialsFile.Mark))
	})
}

// change returns the text of f after the step.
func change(f tools.File, step tools.Step, text []byte) ([]byte, error) {
	if step == tools.StepRemove {
		return f.Entry.Remove(text)
	}
	if f.Check != nil {
		if err := f.Check(text); err != nil {
			return nil, err
		}
	}
	if f.Unless != nil {
		if err := noConflict(*f.Unless); err != nil {
			return nil, err
		}
	}
	return f.Entry.Put(text)
}

// noConflict refuses an entry that would win.
func noConflict(c tools.Conflict) error {
	text, err := files.Read(c.Path)
	if err != nil {
		return err
	}
	has, err := edit.Section{Name: c.Name}.Has(text)
	if err == nil && has {
		err = edit.ErrForeign
	}
	if err != nil {
		return &files.PathError{Path: c.Path, Err: fmt.Errorf("profile %s: %w", c.Name, err)}
	}
	return nil
}

// Preview returns what the step would change. Errors name the file.
func (s Installer) Preview(tool string, step tools.Step) (tools.Change, error) {
	list, err := s.files(tool, step)
	if err != nil {
		return tools.Change{}, err
	}
	out, digest := tools.Change{Files: []tools.FileChange{}}, sha256.New()
	for _, f := range list {
		before, err := files.Read(f.Path)
		if err != nil {
			return tools.Change{}, err
		}
		after, err := change(f, step, before)
		if err != nil {
			return tools.Change{}, &files.PathError{Path: f.Path, Err: err}
		}
		// Credentials are renewed between showing and applying, so they are left out.
		fmt.Fprintf(digest, "%q %q %q\n", f.Path, edit.Redact(before), edit.Redact(after))
		if !bytes.Equal(before, after) {
			out.Files = append(out.Files, fileChange(f.Path, before, after))
		}
	}
	out.Digest = hex.EncodeToString(digest.Sum(nil))
	return out, nil
}

func fileChange(path string, before, after []byte) tools.FileChange {
	c := tools.FileChange{Path: path, Diff: edit.Diff(path, before, after), New: before == nil}
	if !touched(before) {
		c.Backup = files.Backup(path)
	}
	return c
}

// Apply does the step if its preview still has this digest; else ErrChanged.
func (s Installer) Apply(tool string, step tools.Step, digest string) error {
	change, err := s.Preview(tool, step)
	if err != nil {
		return err
	}
	if change.Digest != digest {
		return ErrChanged
	}
	return s.apply(tool, step)
}

func (s Installer) apply(tool string, step tools.Step) error {
	list, err := s.files(tool, step)
	if err != nil {
		return err
	}
	for _, f := range list {
		err := files.Edit(f.Path, options(f), func(old []byte) ([]byte, error) { return change(f, step, old) })
		if err != nil {
			return &files.PathError{Path: f.Path, Err: err}
		}
	}
	return nil
}

// SetUp reports whether a tool is installed.
func (s Installer) SetUp(tool string) tools.SetUp {
	list, err := s.files(tool, tools.StepAdd)
	if errors.Is(err, ErrNoTool) {
		return tools.SetUpNone
	}
	for _, f := range list {
		if has, err := installed(f); err != nil || !has {
			return tools.SetUpMissing
		}
	}
	return tools.SetUpDone
}

func installed(f tools.File) (bool, error) {
	text, err := files.Read(f.Path)
	if err != nil || len(text) == 0 {
		return false, err
	}
	return f.Entry.Has(text)
}

// RemoveAll uninstalls all that was installed for the connection. It goes on after an error and returns them all.
func (s Installer) RemoveAll() error {
	var errs []error
	profile := ""
	for _, d := range slices.Backward(tools.All()) {
		switch {
		case d.InstallsProfileAlone():
			profile = d.ID // of all these it is the same
		case d.NeedsFiles():
			errs = append(errs, s.apply(d.ID, tools.StepRemove))
		}
	}
	return errors.Join(append(errs, s.apply(profile, tools.StepRemove))...)
}
