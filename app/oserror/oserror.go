// Package oserror has the words for errors of the operating system about files.
package oserror

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"daypass/app/messages"
	"daypass/auth/safetext"
)

// IsFull reports whether err says that there is no room left on a disk.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || isFullHere(err)
}

// Path returns the file or folder that an error is about, fit to be shown; empty where it names none.
func Path(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return safetext.Name(path.Path)
	case errors.As(err, &link):
		return safetext.Name(link.New)
	}
	return ""
}

// texts are the errors that have words, and the beginnings of the IDs of those. Each has a text with the path and one
// without.
var texts = []struct {
	is func(error) bool
	id string
}{
	{IsFull, "problem.disk-full."},
	{is(fs.ErrPermission), "problem.disk-permission."},
	{is(syscall.EROFS), "problem.disk-read-only."},
	{is(fs.ErrNotExist), "problem.reason.not-found."},
}

func is(target error) func(error) bool { return func(err error) bool { return errors.Is(err, target) } }

// Message returns the sentence for an error; ok is false where there is none for it.
func Message(err error) (m messages.Message, ok bool) {
	for _, t := range texts {
		if !t.is(err) {
			continue
		}
		if path := Path(err); path != "" {
			return messages.Message{ID: t.id + "detail", Args: map[string]string{"Path": path}}, true
		}
		return messages.Message{ID: t.id + "unnamed.detail"}, true
	}
	return messages.Message{}, false
}
