package transfer

import (
	"errors"
	"io/fs"
	"syscall"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/remote"
	"daypass/app/oserror"
	"daypass/app/session"
)

// problemOf returns the problem that an error is.
func problemOf(err error) app.Problem {
	p := app.Problem{At: now()}
	var own *remote.Failure
	var other *remote.OtherUser
	var storage *buckets.Error
	switch {
	case errors.As(err, &own):
		p.Code, p.Variant, p.Params, p.Reasons = own.Code, own.Variant, own.Params, own.Reasons
	case errors.Is(err, remote.ErrDamaged):
		p.Code = "transfer-damaged"
	case errors.Is(err, remote.ErrStalled):
		p.Code = "transfer-stalled"
	case errors.As(err, &other):
		p.Code, p.Params = "transfer-other-person", map[string]string{"Requested": other.Requested, "Current": other.Current}
	case errors.Is(err, remote.ErrOtherServer), errors.Is(err, app.ErrNoConnection):
		p.Code = "transfer-other-server"
	case errors.As(err, &storage):
		return storage.Problem
	default:
		localProblem(&p, err)
	}
	return p
}

// localProblem is for what this computer refuses.
func localProblem(p *app.Problem, err error) {
	switch {
	case oserror.IsFull(err):
		p.Code = "disk-full"
	case errors.Is(err, fs.ErrPermission):
		p.Code = "disk-permission"
	case errors.Is(err, syscall.EROFS):
		p.Code = "disk-read-only"
	case disk.LeadsOut(err):
		p.Code = "leads-out"
	case errors.Is(err, syscall.ENAMETOOLONG):
		p.Code = "name-too-long"
	case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		p.Code = "in-the-way"
	case errors.Is(err, fs.ErrNotExist):
		p.Code = "file-gone"
	}
	path := oserror.Path(err)
	switch {
	case p.Code == "":
		p.Code, p.Reasons = "transfer-failed", session.ReasonsOf(err)
	case path == "":
		p.Variant = "unnamed"
	default:
		p.Params = map[string]string{"Path": path}
	}
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
	return oserror.IsFull(err) || errors.Is(err, syscall.EROFS) || errors.Is(err, remote.ErrOtherServer) || errors.Is(err, app.ErrNoConnection)
}

// oddFile is the reason for which something is not uploaded.
func oddFile(err error) app.Problem {
	p := app.Problem{Code: "not-uploaded", At: now()}
	switch {
	case errors.Is(err, disk.ErrNotAFile):
		p.Variant = "not-a-file"
	case disk.LeadsOut(err):
		p.Variant = "leads-out"
	case errors.Is(err, fs.ErrNotExist):
		p.Variant = "dangling"
	default:
		return problemOf(err)
	}
	return p
}
