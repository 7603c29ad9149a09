package install

import (
	"bytes"
	"errors"

	"daypass/app/tools"
	"daypass/app/tools/files"
)

// ClearCredentials removes the credentials of all connections but the live ones, which are given by ID, from the
// files of tools. Their entries stay, so that they are filled again at the next sign-in; the tools have no
// credentials until then.
func ClearCredentials(paths tools.Paths, accessKeyIDs []string) error {
	var errs []error
	for _, d := range tools.All() {
		if d.CredentialsFile != nil {
			errs = append(errs, clearFile(*d.CredentialsFile, paths, accessKeyIDs))
		}
	}
	return errors.Join(errs...)
}

func clearFile(c tools.CredentialsFile, paths tools.Paths, accessKeyIDs []string) error {
	path := c.Path(paths)
	text, err := files.Read(path)
	if err != nil || bytes.Equal(c.Clear(text, accessKeyIDs), text) {
		return err
	}
	return files.Edit(path, options(tools.File{KeepEmpty: true}), func(old []byte) ([]byte, error) { return c.Clear(old, accessKeyIDs), nil })
}

// RenewCredentials puts new credentials into the files of the tools that are installed.
func (s Installer) RenewCredentials() error {
	var errs []error
	for _, d := range tools.All() {
		if d.CredentialsFile == nil {
			continue
		}
		list, err := d.InstalledFiles(s.setup(), tools.StepAdd)
		errs = append(errs, err)
		for _, f := range list {
			errs = append(errs, renewFile(f))
		}
	}
	return errors.Join(errs...)
}

func renewFile(f tools.File) error {
	if has, err := installed(f); err != nil || !has {
		return err
	}
	return files.Edit(f.Path, options(f), func(old []byte) ([]byte, error) {
		if has, err := f.Entry.Has(old); err != nil || !has {
			return old, err
		}
		return f.Entry.Put(old)
	})
}
