package tools

import "daypass/app/tools/edit"

// Entry is one thing of Daypass's in the text of a file.
type Entry interface {
	Has(file []byte) (bool, error)
	Put(file []byte) ([]byte, error)
	Remove(file []byte) ([]byte, error)
}

// File is an entry and the file that it belongs in.
type File struct {
	Path  string
	Entry Entry
	// KeepEmpty keeps the file where it is to be empty.
	KeepEmpty bool
	// Check refuses a file that must not be edited; nil for none.
	Check func(file []byte) error
	// Unless is an entry elsewhere that would win over this one: where it is there, this one is not added. Nil for
	// none.
	Unless *Conflict
}

// Conflict is an entry that would win over one of Daypass's.
type Conflict struct {
	Path, Name string
}

// InstalledFiles returns the entries in files that a tool needs.
func (d Definition) InstalledFiles(s Setup, step Step) ([]File, error) {
	switch {
	case d.Files != nil:
		return d.Files(s, step)
	case d.ReadsProfile:
		profile, err := profileFile(s)
		if step == StepRemove {
			err = nil // what it would say does not matter
		}
		return []File{profile}, err
	}
	return nil, nil
}

// profileFile is the connection's profile. Static keys in a profile of the same name among the credentials would
// win over the command in it.
func profileFile(s Setup) (File, error) {
	text, err := AWSProfile(s.Access, s.Creds)
	return File{
		Path: s.Paths.AWSConfig, Entry: edit.Section{Name: s.profile(), Text: string(text)},
		Unless: &Conflict{Path: s.Paths.AWSCredentials, Name: s.profile()},
	}, err
}
