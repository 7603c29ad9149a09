package tools

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

	"daypass/app/handover"
	"daypass/app/handover/edit"
	"daypass/app/handover/files"
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

// Setter sets tools up for one connection.
type Setter struct {
	Places Places
	Access handover.Access
	// Program is the daypass program, for credential_process.
	Program string
}

// targets are the files of a tool. The AWS profile serves several; taking out another tool's own
// entry leaves it in place.
func (s Setter) targets(tool string, step handover.Step) ([]target, error) {
	switch tool {
	case "aws", "boto3", "s5cmd", "duckdb":
		profile, err := s.awsProfile()
		if step == handover.StepRemove {
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
func (s Setter) rcloneTargets(step handover.Step) ([]target, error) {
	remote := target{
		path: s.Places.Rclone, guard: notEncrypted,
		entry: edit.Section{Name: s.name(), Text: string(handover.RcloneRemote(s.Access))},
	}
	profile, err := s.awsProfile()
	own, ownErr := handover.RcloneProfile(s.Access, s.command())
	if step == handover.StepRemove {
		own, err, ownErr = []byte("-"), nil, nil // also one from when it had an authority
	}
	if own != nil {
		profile = target{path: s.Places.AWSConfig, entry: edit.Section{Name: s.name() + handover.RcloneSuffix, Text: string(own)}}
	}
	if step == handover.StepRemove {
		return []target{remote, profile}, nil
	}
	return []target{profile, remote}, errors.Join(err, ownErr)
}

func (s Setter) command() handover.Command {
	return handover.CredsCommand(CredsProgram(s.Program), s.Access.Connection)
}

// CredsProgram returns the program that tools are to run for credentials: the daypass-creds beside daypass, which
// answers sooner, else daypass itself.
func CredsProgram(daypass string) string {
	beside := filepath.Join(filepath.Dir(daypass), handover.CredsProgram)
	if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
		return beside
	}
	return daypass
}

func (s Setter) name() string { return handover.ProfileName(s.Access.Connection) }

func (s Setter) awsProfile() (target, error) {
	text, err := handover.AWSProfile(s.Access, s.command())
	return target{
		path: s.Places.AWSConfig, entry: edit.Section{Name: s.name(), Text: string(text)},
		guard: func([]byte) error { return s.noOtherProfile() },
	}, err
}

// noOtherProfile refuses a profile of the same name among the credentials: static keys there would
// win over the command in ours.
func (s Setter) noOtherProfile() error {
	text, err := files.Read(s.Places.AWSCredentials)
	if err != nil {
		return err
	}
	has, err := edit.Section{Name: s.name()}.Has(text)
	if err == nil && has {
		err = edit.ErrForeign
	}
	if err != nil {
		return fmt.Errorf("%s: profile %s: %w", s.Places.AWSCredentials, s.name(), err)
	}
	return nil
}

func (s Setter) mcAlias() target {
	name, value, _ := bytes.Cut([]byte(handover.MCLine(s.Access)), []byte("="))
	return target{path: s.Places.MCEnv, keepEmpty: true, entry: edit.Variable{Name: string(name), Value: string(value)}}
}

func (t target) options() files.Options {
	return files.Options{KeepEmpty: t.keepEmpty, Touched: touched}
}

// touched reports whether there is something in a file that Daypass has put there.
func touched(text []byte) bool {
	return bytes.Contains(text, []byte(edit.Mark)) || bytes.Contains(text, []byte(handover.MCPrefix))
}

func notEncrypted(file []byte) error {
	if bytes.Contains(file, []byte("RCLONE_ENCRYPT_V0:")) {
		return ErrEncrypted
	}
	return nil
}

// change returns the text of t's file after the step.
func (t target) change(step handover.Step, file []byte) ([]byte, error) {
	if t.guard != nil && step == handover.StepAdd {
		if err := t.guard(file); err != nil {
			return nil, err
		}
	}
	if step == handover.StepRemove {
		return t.entry.Remove(file)
	}
	return t.entry.Put(file)
}

// Preview says what the step would change. Errors name the file.
func (s Setter) Preview(tool string, step handover.Step) (handover.Change, error) {
	targets, err := s.targets(tool, step)
	if err != nil {
		return handover.Change{}, err
	}
	change, digest := handover.Change{Files: []handover.FileChange{}}, sha256.New()
	for _, t := range targets {
		before, err := files.Read(t.path)
		if err != nil {
			return handover.Change{}, err
		}
		after, err := t.change(step, before)
		if err != nil {
			return handover.Change{}, fmt.Errorf("%s: %w", t.path, err)
		}
		// Secrets renew themselves between looking and doing, so they are left out.
		fmt.Fprintf(digest, "%q %q %q\n", t.path, edit.Redact(before), edit.Redact(after))
		if !bytes.Equal(before, after) {
			f := handover.FileChange{Path: t.path, Diff: edit.Diff(t.path, before, after), New: before == nil}
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
func (s Setter) Apply(tool string, step handover.Step, digest string) error {
	change, err := s.Preview(tool, step)
	if err != nil {
		return err
	}
	if change.Digest != digest {
		return ErrChanged
	}
	return s.apply(tool, step)
}

func (s Setter) apply(tool string, step handover.Step) error {
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
func (s Setter) SetUp(tool string) handover.SetUp {
	targets, err := s.targets(tool, handover.StepAdd)
	if errors.Is(err, ErrNoTool) {
		return handover.SetUpNone
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
			return handover.SetUpMissing
		}
	}
	return handover.SetUpDone
}

// settable are the tools whose entries differ.
var settable = []string{"aws", "rclone", "mc"}

// RemoveAll takes out all that was set up for the connection. It goes on after an error and gives
// them all.
func (s Setter) RemoveAll() error {
	var errs []error
	for _, tool := range slices.Backward(settable) {
		errs = append(errs, s.apply(tool, handover.StepRemove))
	}
	return errors.Join(errs...)
}

// ClearMC removes the credentials of all connections but those with these aliases from mc's file. Their
// entries stay, so that they are filled again at the next sign-in; mc has no credentials until then.
func ClearMC(places Places, live []string) error {
	clear := func(file []byte) []byte {
		return edit.Replace(file, handover.MCPrefix, func(v edit.Variable) string {
			if slices.Contains(live, strings.TrimPrefix(v.Name, mcHost)) {
				return v.Value
			}
			return handover.WithoutCredentials(v.Value)
		})
	}
	text, err := files.Read(places.MCEnv)
	if err != nil || bytes.Equal(clear(text), text) {
		return err
	}
	t := target{keepEmpty: true}
	return files.Edit(places.MCEnv, t.options(), func(old []byte) ([]byte, error) { return clear(old), nil })
}

// mcHost begins the name of every alias of mc's.
const mcHost = "MC_HOST_"

// RenewMC puts new keys into mc's alias, where it is set up.
func (s Setter) RenewMC() error {
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
