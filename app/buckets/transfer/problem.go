package transfer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/remote"
	"daypass/auth/safetext"
)

// problemOf puts an error into words for a user.
func problemOf(err error) app.Problem {
	p := app.Problem{At: now()}
	var own *remote.Failure
	var other *remote.OtherUser
	var storage *buckets.Error
	switch {
	case errors.As(err, &own):
		p.Code, p.Title, p.Detail, p.NextStep = own.Code, own.Title, own.Detail, own.Next
	case errors.Is(err, remote.ErrDamaged):
		p.Code, p.Title = "transfer-damaged", "The data was damaged on the way"
		p.Detail = "What arrived does not have the checksum that the server gave with it, three times in a row. Nothing of it was kept."
		p.NextStep = "Try again. If it stays, give this message to your administrator."
	case errors.Is(err, remote.ErrStalled):
		p.Code, p.Title = "transfer-stalled", "The storage server does not answer"
		p.Detail, p.NextStep = "Nothing has moved for half a minute.", "Daypass tries again by itself. Check your network or VPN if this stays."
	case errors.As(err, &other):
		p.Code, p.Title = "transfer-other-person", "Somebody else is signed in"
		p.Detail = fmt.Sprintf("%s asked for this transfer, and %v.", other.Requested, other)
		p.NextStep = "Sign in as " + other.Requested + " to go on, or cancel the transfer."
	case errors.Is(err, remote.ErrOtherServer), errors.Is(err, app.ErrNoConnection):
		p.Code, p.Title = "transfer-other-server", "The connection was changed"
		p.Detail, p.NextStep = "It leads to another server now, or was removed.", "Cancel this transfer and start it anew."
	case errors.As(err, &storage):
		return storage.Problem
	default:
		localProblem(&p, err)
	}
	return p
}

// localProblem is for what this computer refuses.
func localProblem(p *app.Problem, err error) {
	where := quoted(err)
	switch {
	case disk.IsFull(err):
		p.Code, p.Title = "disk-full", "The disk is full"
		p.Detail, p.NextStep = "There is no room left for "+where+".", "Make room, or choose another folder, and resume."
	case errors.Is(err, fs.ErrPermission):
		p.Code, p.Title = "disk-permission", "You may not use this file or folder"
		p.Detail, p.NextStep = "This computer does not let you use "+where+".", "Choose another folder, or have its permissions changed, and resume."
	case errors.Is(err, syscall.EROFS):
		p.Code, p.Title = "disk-read-only", "The disk is read-only"
		p.Detail, p.NextStep = "Nothing can be written to "+where+".", "Choose another folder."
	case disk.LeadsOut(err):
		p.Code, p.Title = "leads-out", "A link leads out of the folder"
		p.Detail, p.NextStep = "On the way to "+where+" there is a link that leads out of the folder you chose. Nothing was written there.", "Remove the link, or choose another folder."
	case errors.Is(err, syscall.ENAMETOOLONG):
		p.Code, p.Title = "name-too-long", "The name is too long"
		p.Detail, p.NextStep = "This disk does not take the name of "+where+".", "Choose a folder on another disk, or one with a shorter path."
	case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		p.Code, p.Title = "in-the-way", "Something is in the way"
		p.Detail, p.NextStep = "There is a file where a folder is needed, or a folder where a file is needed: "+where+".", "Rename it, or choose another folder."
	case errors.Is(err, fs.ErrNotExist):
		p.Code, p.Title = "file-gone", "The file is gone"
		p.Detail, p.NextStep = where+" was moved or deleted meanwhile.", "Put it back, and resume."
	default:
		p.Code, p.Title = "transfer-failed", "It could not be moved"
		p.Detail, p.NextStep = safetext.Name(err.Error())+".", "Try again."
	}
}

// quoted names the file or folder that a local error is about.
func quoted(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return "“" + safetext.Name(path.Path) + "”"
	case errors.As(err, &link):
		return "“" + safetext.Name(link.New) + "”"
	}
	return "it"
}

// haltsAll reports whether an error will meet every other file as well.
func haltsAll(err error) bool {
	var e *buckets.Error
	if errors.As(err, &e) {
		switch e.Kind {
		case buckets.ClockSkew, buckets.TokenTooLong, buckets.Full, buckets.Unreachable, buckets.Busy, buckets.CredentialsExpired:
			return true
		}
		return false
	}
	return disk.IsFull(err) || errors.Is(err, syscall.EROFS) || errors.Is(err, remote.ErrOtherServer) || errors.Is(err, app.ErrNoConnection)
}

// oddFile is the reason for which something is not uploaded.
func oddFile(err error) app.Problem {
	p := app.Problem{Code: "not-uploaded", Title: "It was left out", At: now(), NextStep: "Upload it by itself if you need it."}
	switch {
	case errors.Is(err, disk.ErrNotAFile):
		p.Detail = "It is no file but a device, a pipe, a socket or a link to a folder."
	case disk.LeadsOut(err):
		p.Detail = "It is a link that leads out of the folder you chose."
	case errors.Is(err, fs.ErrNotExist):
		p.Detail = "It is a link that leads nowhere."
	default:
		return problemOf(err)
	}
	return p
}
