package app

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"daypass/app/location"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// Transfers is the part of a Core that moves files between this computer and the buckets, and between
// the buckets of two connections. It works in the agent, so that closing a window ends no transfer, and goes on after the agent was restarted.
//
// Calls about one transfer fail with ErrNoTransfer where there is no such transfer. They enqueue and
// return; what becomes of them is seen in the lists.
type Transfers interface {
	// WatchTransfers returns the current list at once and then the latest one when something has
	// changed, at most a few times a second; nothing comes while nothing moves. The channel is closed
	// when ctx ends or the core stops. It is apart from Watch so that progress wakes only who shows it.
	WatchTransfers(ctx context.Context) <-chan TransferList

	// StartTransfer enqueues a transfer and returns its ID. A request that makes no sense fails with a
	// *TransferError, before anything is moved.
	StartTransfer(ctx context.Context, req TransferRequest) (string, error)
	// PauseTransfer stops a transfer where it is. Nothing happens to one that has ended.
	PauseTransfer(ctx context.Context, id string) error
	// CancelTransfer ends a transfer. What was moved stays, what was half-way is kept under its
	// temporary name until the transfer is cleared, so that ResumeTransfer can still take it up.
	CancelTransfer(ctx context.Context, id string) error
	// ResumeTransfer goes on with a transfer that was paused or canceled, and tries again what failed.
	ResumeTransfer(ctx context.Context, id string) error
	// AnswerConflict answers the question a transfer waits with. ErrNoQuestion when it was answered or
	// another is asked by now.
	AnswerConflict(ctx context.Context, id string, answer ConflictAnswer) error
	// ClearTransfers forgets the transfers with these IDs, or all that have ended where there are none,
	// and removes what they left half-way. One that still works is left alone.
	ClearTransfers(ctx context.Context, ids []string) error
}

// Errors of Transfers.
var (
	ErrNoTransfer  = errors.New("there is no such transfer")
	ErrNoQuestion  = errors.New("this question is not asked any more")
	ErrNoTransfers = errors.New("this Daypass moves no files")
)

// TransferError is a request that cannot be carried out.
type TransferError struct {
	// Reason is a sentence for a user.
	Reason messages.Message
}

// Error implements error, in English.
func (e *TransferError) Error() string { return messages.ForPrograms().Say(e.Reason) }

// Message returns the reason.
func (e *TransferError) Message() messages.Message { return e.Reason }

// NewTransferError returns the error with the reason of this name, and the values of its parameters, each behind its
// name.
func NewTransferError(reason string, namesAndValues ...string) *TransferError {
	return &TransferError{messages.NewError(nil, textOfTransferError+reason, namesAndValues...).Text}
}

// textOfTransferError begins the IDs of the reasons of a TransferError.
const textOfTransferError = "problem.reason.transfer."

// Direction says which way a transfer goes.
type Direction string

// The directions.
const (
	Download Direction = "download"
	Upload   Direction = "upload"
	// Copy goes from the buckets of one connection to those of another, through this computer.
	Copy Direction = "copy"
)

// ConflictPolicy says what is done where the target has something by that name already.
type ConflictPolicy string

// The policies. An answer to a question is one of the last three.
const (
	// Ask asks each time; the zero value means it too.
	Ask ConflictPolicy = "ask"
	// Skip leaves what is there.
	Skip ConflictPolicy = "skip"
	// Replace overwrites it with the new one.
	Replace ConflictPolicy = "replace"
	// KeepBoth saves the new one under another name.
	KeepBoth ConflictPolicy = "keep-both"
)

// TransferRequest is what is to be moved, and where to.
type TransferRequest struct {
	// Connection is the ID of the connection.
	Connection string    `json:"connection"`
	Direction  Direction `json:"direction"`
	// Location is a bucket or a folder in it: uploads go into it, and the local names of downloads are the keys
	// without its prefix, which is empty or ends in "/".
	location.Location
	// Objects are what is downloaded or copied: objects and folders below Prefix.
	Objects []TransferObject `json:"objects,omitempty"`
	// Paths are the files and folders that are uploaded, as absolute paths.
	Paths []string `json:"paths,omitempty"`
	// Folder is where downloads go, as an absolute path. It is made where it is missing.
	Folder string `json:"folder,omitempty"`
	// To is where copies go; nil for the other directions.
	To *TransferTarget `json:"to,omitempty"`
	// Move deletes each object of a copy once it is there.
	Move bool `json:"move,omitempty"`
	// As is the name that a single object or file gets at its target; empty for its own.
	As string `json:"as,omitempty"`
	// Conflicts is what is done where a name is taken.
	Conflicts ConflictPolicy `json:"conflicts,omitempty"`
}

// TransferObject is one object or folder to download.
type TransferObject struct {
	// Key is the whole key; one that ends in "/", or is empty, means everything below it, unless Size says that it is an
	// object with content.
	Key string `json:"key"`
	// VersionID picks a version of an object; empty for the current one.
	VersionID string `json:"version_id,omitempty"`
	// Size is the object's size as listed, in bytes; zero when it is not known.
	Size int64 `json:"size,omitempty"`
}

// TransferPhase says how a transfer stands.
type TransferPhase string

// The phases.
const (
	// TransferQueued waits for its turn.
	TransferQueued TransferPhase = "queued"
	// TransferRunning moves files.
	TransferRunning TransferPhase = "running"
	// TransferWaiting goes on by itself when the server answers again or somebody has signed in;
	// Transfer.Problem says what is missing.
	TransferWaiting TransferPhase = "waiting"
	// TransferAsking waits for an answer to Transfer.Question, and for nothing else.
	TransferAsking TransferPhase = "asking"
	// TransferPaused was stopped by the user.
	TransferPaused TransferPhase = "paused"
	// TransferDone has moved everything there was to move.
	TransferDone TransferPhase = "done"
	// TransferFailed has ended and did not move everything; ResumeTransfer tries the rest again.
	TransferFailed TransferPhase = "failed"
	// TransferCanceled was ended by the user.
	TransferCanceled TransferPhase = "cancelled"
)

// Ended reports whether a transfer in phase p does nothing more by itself.
func (p TransferPhase) Ended() bool {
	return p == TransferDone || p == TransferFailed || p == TransferCanceled
}

// TransferList is all transfers at one moment: immutable and without secrets.
type TransferList struct {
	// Revision grows with each change.
	Revision uint64 `json:"revision"`
	// Transfers are in the order in which they were asked for.
	Transfers []Transfer `json:"transfers"`
	// Total is the progress of all transfers that have not ended, together.
	Total Progress `json:"total"`
}

// Moving counts the transfers that go on by themselves, or wait for something to do so.
func (l TransferList) Moving() int {
	n := 0
	for _, t := range l.Transfers {
		if !t.Phase.Ended() && t.Phase != TransferPaused {
			n++
		}
	}
	return n
}

// Progress is how much is done of how much, and how fast it goes.
type Progress struct {
	// Done and Size are in bytes. Skipped files count in neither.
	Done int64 `json:"done"`
	Size int64 `json:"size"`
	// Speed is in bytes a second, over the last few seconds.
	Speed float64 `json:"speed,omitempty"`
	// Remaining is the time left at this speed. Zero when it cannot be told.
	Remaining Seconds `json:"left_seconds,omitempty"`
}

// Transfer is one request and how it stands.
type Transfer struct {
	ID         string    `json:"id"`
	Connection string    `json:"connection"`
	Direction  Direction `json:"direction"`
	location.Location
	// Folder is the local folder of a download.
	Folder string `json:"folder,omitempty"`
	// To and Move are as in TransferRequest.
	To   *TransferTarget `json:"to,omitempty"`
	Move bool            `json:"move,omitempty"`
	// Title is the name of what is moved: that of the one file or folder, or of the first of several.
	Title string `json:"title"`
	// More is the number of files and folders asked for besides the one in Title.
	More int `json:"more,omitempty"`

	Phase    TransferPhase `json:"phase"`
	Progress Progress      `json:"progress"`
	// Counting is true while Files and Progress.Size still grow, because folders are being listed.
	Counting bool `json:"counting,omitempty"`
	// Files counts the files found so far; Done, Skipped and Failed are among them.
	Files   int `json:"files"`
	Done    int `json:"done"`
	Skipped int `json:"skipped,omitempty"`
	Failed  int `json:"failed,omitempty"`
	// Active are files on their way, the largest first, at most MaxActive.
	Active []ActiveFile `json:"active,omitempty"`
	// Question is a conflict that waits for an answer; other files may go on in the meantime.
	Question *Question `json:"question,omitempty"`
	// Failures are what failed or was left out, with a line each, at most MaxFailures. Failed and
	// Skipped hold the true numbers.
	Failures []FileFailure `json:"failures,omitempty"`
	// Problem is what holds or ended the transfer as a whole.
	Problem *Problem `json:"problem,omitempty"`
	// Path is where the single file of a download lies, once it is there.
	Path string `json:"path,omitempty"`

	StartedAt time.Time `json:"started_at"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
}

// How long the lists in a Transfer may be.
const (
	MaxActive   = 16
	MaxFailures = 200
)

// ActiveFile is one file on its way.
type ActiveFile struct {
	// Name is the file's name below the transfer's folder, with "/" between folders. It is as hostile
	// as the user who created it: escape it before it is shown.
	Name     string   `json:"name"`
	Progress Progress `json:"progress"`
}

// FileFailure is one file that was not moved.
type FileFailure struct {
	// Name is as in ActiveFile.
	Name string `json:"name"`
	// Skipped is true where the file was left out on purpose.
	Skipped bool    `json:"skipped,omitempty"`
	Problem Problem `json:"problem"`
}

// Question asks what to do where the target has something by that name already.
type Question struct {
	// ID names the question in the answer.
	ID string `json:"id"`
	// Name is as in ActiveFile.
	Name string `json:"name"`
	// Target is where it would go: a local path, or a key.
	Target string `json:"target"`
	// Folder is true where a folder is in the way; it cannot be replaced.
	Folder bool `json:"folder,omitempty"`
	// Existing and Incoming describe the two; a size of -1 and a zero time are not known.
	Existing FileInfo `json:"existing"`
	Incoming FileInfo `json:"incoming"`
	// Waiting is the number of files that wait with the same question, this one included.
	Waiting int `json:"waiting"`
}

// FileInfo is what is known of a file or object.
type FileInfo struct {
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified,omitzero"`
}

// ConflictAnswer answers a Question.
type ConflictAnswer struct {
	Question string `json:"question"`
	// Choice is Skip, Replace or KeepBoth.
	Choice ConflictPolicy `json:"choice"`
	// ForAll makes the choice hold for the rest of the transfer.
	ForAll bool `json:"for_all,omitempty"`
}

// Validate refuses a request that cannot be carried out whatever the server says, with a *TransferError.
func (r TransferRequest) Validate() error {
	if err := cmp.Or(r.invalidLocation(), r.invalidItems(), r.invalidChoice()); err != nil {
		return err
	}
	return nil
}

func (r TransferRequest) invalidLocation() *TransferError {
	if r.Bucket == "" {
		return NewTransferError("no-bucket")
	}
	return invalidPrefix(r.Prefix)
}

func (r TransferRequest) invalidItems() *TransferError {
	switch r.Direction {
	case Download:
		return r.invalidDownload()
	case Upload:
		return r.invalidUpload()
	case Copy:
		return r.invalidCopy()
	}
	return NewTransferError("direction")
}

func (r TransferRequest) invalidDownload() *TransferError {
	if !filepath.IsAbs(r.Folder) {
		return NewTransferError("relative-path", "Path", r.Folder)
	}
	return r.invalidObjects()
}

// invalidObjects is what is wrong with the objects to download or copy.
func (r TransferRequest) invalidObjects() *TransferError {
	if len(r.Objects) == 0 {
		return NewTransferError("nothing")
	}
	for _, o := range r.Objects {
		if len(o.Key) < len(r.Prefix) || o.Key[:len(r.Prefix)] != r.Prefix {
			return NewTransferError("elsewhere", "Key", safetext.Name(o.Key), "Folder", safetext.Name(r.Prefix))
		}
		if o.VersionID != "" && (len(r.Objects) > 1 || o.IsFolder()) {
			return NewTransferError("version")
		}
	}
	if r.As != "" && (len(r.Objects) > 1 || r.Objects[0].IsFolder()) {
		return NewTransferError("name")
	}
	return nil
}

func (r TransferRequest) invalidUpload() *TransferError {
	if len(r.Paths) == 0 {
		return NewTransferError("nothing")
	}
	for _, p := range r.Paths {
		if !filepath.IsAbs(p) {
			return NewTransferError("relative-path", "Path", p)
		}
	}
	if r.As != "" && len(r.Paths) > 1 {
		return NewTransferError("name")
	}
	return nil
}

func (r TransferRequest) invalidChoice() *TransferError {
	switch r.Conflicts {
	case "", Ask, Skip, Replace, KeepBoth:
		return nil
	}
	return NewTransferError("choice", "Choice", string(r.Conflicts))
}

// IsFolder reports whether o means everything below its key.
func (o TransferObject) IsFolder() bool {
	return o.Key == "" || o.Key[len(o.Key)-1] == '/' && o.Size <= 0
}
