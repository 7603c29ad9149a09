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
	"strings"

	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/app/tools/files"
)

// Errors of this package.
var (
	// ErrNoTool: there is nothing to set up for a tool of this name.
	ErrNoTool = errors.New("there is nothing to set up for this tool")
	// ErrChanged: the change is no longer the one that was shown.
	ErrChanged = errors.New("the files have changed since")
	// ErrEncrypted: rclone's file is encrypted.
	ErrEncrypted = errors.New("the file of rclone is encrypted, so that Daypass cannot add to it; use the environment instead")
)

// entry is one thing of ours in a file.
type entry interface {
	Has(file []byte) (bool, error)
	Put(file []byte) ([]byte, error)
	Remove(file []byte) ([]byte, error)
}

// target is an entry and the file it belongs in.
type target struct {
	path      string
	entry     entry
	keepEmpty bool
	// guard refuses a file that must not be edited.
	guard func(file []byte) error
}

// Installer sets tools up for one connection.
type Installer struct {
	Paths  tools.Paths
	Access tools.Access
	// Program is the daypass program, for credential_process.
	Program string
}

// targets are the files of a tool. The AWS profile serves several; taking out another tool's own
// entry leaves it in place.
func (s Installer) targets(tool string, step tools.Step) ([]target, error) {
	switch tool {
	case "aws", "boto3", "s5cmd", "duckdb":
		profile, err := s.awsProfile()
		if step == tools.StepRemove {
			err = nil // what it would say does not matter
		}
		return []target{profile}, err
	case "rclone":
		return s.rcloneTargets(step)
	case "mc":
		return []target{s.mcAlias()}, nil
	}
	return nil, ErrNoTool
}

// rcloneTargets are rclone's remote and the profile that it takes the credentials from: the AWS tools' one, or
// one of its own, which goes with the remote.
func (s Installer) rcloneTargets(step tools.Step) ([]target, error) {
	remote := target{
		path: s.Paths.Rclone, guard: notEncrypted,
		entry: edit.Section{Name: s.name(), Text: string(tools.RcloneRemote(s.Access))},
	}
	profile, err := s.awsProfile()
	own, ownErr := tools.RcloneProfile(s.Access, s.command())
	if step == tools.StepRemove {
		own, err, ownErr = []byte("-"), nil, nil // also one from when it had an authority
	}
	if own != nil {
		profile = target{path: s.Paths.AWSConfig, entry: edit.Section{Name: s.name() + tools.RcloneSuffix, Text: string(own)}}
	}
	if step == tools.StepRemove {
		return []target{remote, profile}, nil
	}
	return []target{profile, remote}, errors.Join(err, ownErr)
}

func (s Installer) command() tools.Command {
	return tools.CredsCommand(CredsProgram(s.Program), s.Access.Connection)
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

func (s Installer) name() string { return tools.ProfileName(s.Access.Connection) }

func (s Installer) awsProfile() (target, error) {
	text, err := tools.AWSProfile(s.Access, s.command())
	return target{
		path: s.Paths.AWSConfig, entry: edit.Section{Name: s.name(), Text: string(text)},
		guard: func([]byte) error { return s.noOtherProfile() },
	}, err
}

// noOtherProfile refuses a profile of the same name among the credentials: static keys there would
// win over the command in ours.
func (s Installer) noOtherProfile() error {
	text, err := files.Read(s.Paths.AWSCredentials)
	if err != nil {
		return err
	}
	has, err := edit.Section{Name: s.name()}.Has(text)
	if err == nil && has {
		err = edit.ErrForeign
	}
	if err != nil {
		return fmt.Errorf("%s: profile %s: %w", s.Paths.AWSCredentials, s.name(), err)
	}
	return nil
}

func (s Installer) mcAlias() target {
	name, value, _ := bytes.Cut([]byte(tools.MCLine(s.Access)), []byte("="))
	return target{path: s.Paths.MCEnv, keepEmpty: true, entry: edit.Variable{Name: string(name), Value: string(value)}}
}

func (t target) options() files.Options {
	return files.Options{KeepEmpty: t.keepEmpty, Touched: touched}
}

// touched reports whether there is something in a file that Daypass has put there.
func touched(text []byte) bool {
	return bytes.Contains(text, []byte(edit.Mark)) || bytes.Contains(text, []byte(tools.MCPrefix))
}

func notEncrypted(file []byte) error {
	if bytes.Contains(file, []byte("RCLONE_ENCRYPT_V0:")) {
		return ErrEncrypted
	}
	return nil
}

// change returns the text of t's file after the step.
func (t target) change(step tools.Step, file []byte) ([]byte, error) {
	if t.guard != nil && step == tools.StepAdd {
		if err := t.guard(file); err != nil {
			return nil, err
		}
	}
	if step == tools.StepRemove {
		return t.entry.Remove(file)
	}
	return t.entry.Put(file)
}

// Preview says what the step would change. Errors name the file.
func (s Installer) Preview(tool string, step tools.Step) (tools.Change, error) {
	targets, err := s.targets(tool, step)
	if err != nil {
		return tools.Change{}, err
	}
	change, digest := tools.Change{Files: []tools.FileChange{}}, sha256.New()
	for _, t := range targets {
		before, err := files.Read(t.path)
		if err != nil {
			return tools.Change{}, err
		}
		after, err := t.change(step, before)
		if err != nil {
			return tools.Change{}, fmt.Errorf("%s: %w", t.path, err)
		}
		// Secrets renew themselves between looking and doing, so they are left out.
		fmt.Fprintf(digest, "%q %q %q\n", t.path, edit.Redact(before), edit.Redact(after))
		if !bytes.Equal(before, after) {
			f := tools.FileChange{Path: t.path, Diff: edit.Diff(t.path, before, after), New: before == nil}
			if !touched(before) {
				f.Backup = files.Backup(t.path)
			}
			change.Files = append(change.Files, f)
		}
	}
	change.Digest = hex.EncodeToString(digest.Sum(nil))
	return change, nil
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
	targets, err := s.targets(tool, step)
	if err != nil {
		return err
	}
	for _, t := range targets {
		err := files.Edit(t.path, t.options(), func(old []byte) ([]byte, error) { return t.change(step, old) })
		if err != nil {
			return fmt.Errorf("%s: %w", t.path, err)
		}
	}
	return nil
}

// SetUp says how a tool stands.
func (s Installer) SetUp(tool string) tools.SetUp {
	targets, err := s.targets(tool, tools.StepAdd)
	if errors.Is(err, ErrNoTool) {
		return tools.SetUpNone
	}
	done := func(t target) bool {
		text, err := files.Read(t.path)
		if err != nil {
			return false
		}
		has, err := t.entry.Has(text)
		return has && err == nil
	}
	for _, t := range targets {
		if !done(t) {
			return tools.SetUpMissing
		}
	}
	return tools.SetUpDone
}

// settable are the tools whose entries differ.
var settable = []string{"aws", "rclone", "mc"}

// RemoveAll takes out all that was set up for the connection. It goes on after an error and gives
// them all.
func (s Installer) RemoveAll() error {
	var errs []error
	for _, tool := range slices.Backward(settable) {
		errs = append(errs, s.apply(tool, tools.StepRemove))
	}
	return errors.Join(errs...)
}

// ClearMC removes the credentials of all connections but those with these aliases from mc's file. Their
// entries stay, so that they are filled again at the next sign-in; mc has no credentials until then.
func ClearMC(paths tools.Paths, live []string) error {
	clear := func(file []byte) []byte {
		return edit.Replace(file, tools.MCPrefix, func(v edit.Variable) string {
			if slices.Contains(live, strings.TrimPrefix(v.Name, mcHost)) {
				return v.Value
			}
			return tools.WithoutCredentials(v.Value)
		})
	}
	text, err := files.Read(paths.MCEnv)
	if err != nil || bytes.Equal(clear(text), text) {
		return err
	}
	t := target{keepEmpty: true}
	return files.Edit(paths.MCEnv, t.options(), func(old []byte) ([]byte, error) { return clear(old), nil })
}

// mcHost begins the name of every alias of mc's.
const mcHost = "MC_HOST_"

// RenewMC puts new keys into mc's alias, where it is set up.
func (s Installer) RenewMC() error {
	t := s.mcAlias()
	text, err := files.Read(t.path)
	if err != nil || len(text) == 0 {
		return err
	}
	if has, err := t.entry.Has(text); err != nil || !has {
		return err
	}
	return files.Edit(t.path, t.options(), func(old []byte) ([]byte, error) {
		if has, err := t.entry.Has(old); err != nil || !has {
			return old, err
		}
		return t.entry.Put(old)
	})
}
