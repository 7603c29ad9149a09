// Package journal remembers transfers on disk.
//
// The journal of a transfer is a file of lines, each an entry, that is only ever appended to. Read
// again after the agent has ended in whatever way, it says what was requested and how far it came.
// It holds names, sizes and checksums, and no secret.
//
// Entries are written before what they announce is final, and without a sync each: what the system
// has taken survives the end of the process, and after a power cut files are checked again.
package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/digest"
	"daypass/app/durable"
)

const (
	// extension ends the name of a journal.
	extension = ".journal"
	// maxEntry bounds a line: a request may name many files.
	maxEntry = 128 << 20
)

// Entry is one line.
type Entry struct {
	// Request and Owner begin a journal.
	Request *app.TransferRequest `json:"request,omitempty"`
	// Owner is who was signed in when the transfer was requested.
	Owner string `json:"owner,omitempty"`
	// ToOwner is who was signed in where a copy goes.
	ToOwner string    `json:"to_owner,omitempty"`
	At      time.Time `json:"at,omitzero"`

	// Run begins another attempt: what failed before does not count any more.
	Run bool `json:"run,omitempty"`
	// Phase ends an attempt, with the numbers as they were then.
	Phase   app.TransferPhase `json:"phase,omitempty"`
	Problem *app.Problem      `json:"problem,omitempty"`
	Counts  *Counts           `json:"counts,omitempty"`

	// Policy is an answer for all.
	Policy app.ConflictPolicy `json:"policy,omitempty"`
	// Folder is a folder below the target in which there may be temporary files.
	Folder *string `json:"folder,omitempty"`
	// Placed reports that the files announced by Placing have their names.
	Placed bool `json:"placed,omitempty"`

	// Item names the file that the rest is about.
	Item    string             `json:"item,omitempty"`
	Done    bool               `json:"done,omitempty"`
	Choice  app.ConflictPolicy `json:"choice,omitempty"`
	Failure *app.FileFailure   `json:"failure,omitempty"`
	// Placing is the name that a whole and verified download is about to get.
	Placing string `json:"placing,omitempty"`
	Size    int64  `json:"size,omitempty"`
	// Big begins a file that moves in parts, Part and Sum are one that is there, and Dropped says that
	// all of it is void.
	Big  *PartedFile `json:"big,omitempty"`
	Part int         `json:"part,omitempty"`
	Sum  string      `json:"sum,omitempty"`
	// ObjectSum is the checksum of that part in the kind of the whole object's, where it is another.
	ObjectSum string `json:"proof,omitempty"`
	Dropped   bool   `json:"dropped,omitempty"`
}

// PartedFile is a file that moves in parts.
type PartedFile struct {
	// ETag is the object's when a download or a copy began.
	ETag string `json:"etag,omitempty"`
	// Version is the object's then.
	Version string `json:"version,omitempty"`
	// Size and Modified are the source's.
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified,omitzero"`
	// PartSize is the size of all parts but the last.
	PartSize int64 `json:"part_size"`
	// Target is where it goes: the key of an upload or a copy, the local path of a download.
	Target string `json:"target"`
	// Upload is the ID of a multipart upload.
	Upload string `json:"upload,omitempty"`

	// Parts has the checksum of each part that is there, by number; the first is 1.
	Parts map[int]string `json:"-"`
	// ObjectSums has its checksum in the kind of the whole object's, where it is another.
	ObjectSums map[int]string `json:"-"`
}

// Same reports whether two attempts are about the same content, cut and sent to the same place alike.
func (b PartedFile) Same(other PartedFile) bool {
	return b.ETag == other.ETag && b.Version == other.Version && b.Size == other.Size && b.Modified.Equal(other.Modified) && b.PartSize == other.PartSize && b.Target == other.Target
}

// Counts are the numbers of one attempt.
type Counts struct {
	Files   int `json:"files"`
	Done    int `json:"done"`
	Skipped int `json:"skipped,omitempty"`
	Failed  int `json:"failed,omitempty"`
	// Size and Bytes are of all files but the skipped, and of those that are done.
	Size  int64 `json:"size"`
	Bytes int64 `json:"bytes"`
}

// PlacedFile is a file that has got its name, or was about to.
type PlacedFile struct {
	Name string
	Size int64
}

// Record is what a journal says, and what a job knows of itself: each change is an entry, applied
// here and written there.
type Record struct {
	Request  app.TransferRequest
	Owner    string
	ToOwner  string
	Started  time.Time
	Ended    time.Time
	Phase    app.TransferPhase
	Problem  *app.Problem
	Counts   Counts
	Policy   app.ConflictPolicy
	done     map[digest.Digest]struct{}
	Choices  map[string]app.ConflictPolicy
	Placing  map[string]PlacedFile
	Big      map[string]*PartedFile
	Folders  map[string]struct{}
	Failures []app.FileFailure
}

// NewRecord returns the record of a transfer of which nothing is known.
func NewRecord() *Record {
	return &Record{
		Phase: app.TransferQueued, done: map[digest.Digest]struct{}{}, Choices: map[string]app.ConflictPolicy{},
		Placing: map[string]PlacedFile{}, Big: map[string]*PartedFile{}, Folders: map[string]struct{}{},
	}
}

// Apply applies one entry.
func (m *Record) Apply(e Entry) {
	if e.Item != "" {
		m.applyItem(e)
	}
	switch {
	case e.Request != nil:
		m.Request, m.Owner, m.ToOwner, m.Started, m.Policy = *e.Request, e.Owner, e.ToOwner, e.At, e.Request.Conflicts
	case e.Run:
		m.Phase, m.Problem, m.Failures, m.Ended = app.TransferRunning, nil, nil, time.Time{}
		m.Counts = Counts{}
	case e.Phase != "":
		m.Phase, m.Problem, m.Ended = e.Phase, e.Problem, e.At
		if e.Counts != nil {
			m.Counts = *e.Counts
		}
	case e.Policy != "":
		m.Policy = e.Policy
	case e.Folder != nil:
		m.Folders[*e.Folder] = struct{}{}
	case e.Placed:
		for item := range m.Placing {
			m.done[digest.Of(item)] = struct{}{}
			delete(m.Choices, item)
			delete(m.Big, item)
		}
		clear(m.Placing)
	}
}

func (m *Record) applyItem(e Entry) {
	switch {
	case e.Done:
		m.done[digest.Of(e.Item)] = struct{}{}
		delete(m.Choices, e.Item)
		delete(m.Placing, e.Item)
		delete(m.Big, e.Item)
	case e.Failure != nil:
		delete(m.Placing, e.Item)
		if len(m.Failures) < app.MaxFailures {
			m.Failures = append(m.Failures, *e.Failure)
		}
	case e.Choice != "":
		m.Choices[e.Item] = e.Choice
	case e.Placing != "":
		m.Placing[e.Item] = PlacedFile{e.Placing, e.Size}
	case e.Big != nil:
		big := *e.Big
		big.Parts, big.ObjectSums = map[int]string{}, map[int]string{}
		m.Big[e.Item] = &big
	case e.Dropped:
		delete(m.Big, e.Item)
		delete(m.Placing, e.Item)
	case e.Part > 0 && m.Big[e.Item] != nil:
		m.Big[e.Item].Parts[e.Part] = e.Sum
		if e.ObjectSum != "" {
			m.Big[e.Item].ObjectSums[e.Part] = e.ObjectSum
		}
	}
}

// IsDone reports whether an item needs no more work.
func (m *Record) IsDone(item string) bool {
	_, done := m.done[digest.Of(item)]
	return done
}

// File is the journal of one transfer on disk.
type File struct {
	mu   sync.Mutex
	path string // empty once it was removed
	file *os.File
}

// New returns the journal of a transfer, by its ID, in a folder. It is created with the first entry.
func New(dir, id string) *File { return &File{path: filepath.Join(dir, id+extension)} }

// Write appends entries at once.
func (j *File) Write(entries ...Entry) error {
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.path == "" {
		return nil
	}
	if j.file == nil {
		file, err := durable.OpenFile(j.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		j.file = file
	}
	_, err := j.file.Write(lines.Bytes())
	return err
}

// Sync brings the journal to the disk and closes the file until the next entry.
func (j *File) Sync() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file != nil {
		_ = j.file.Sync()
		_ = j.file.Close()
		j.file = nil
	}
}

// Remove deletes the journal. What is written later is not kept.
func (j *File) Remove() error {
	j.Sync()
	j.mu.Lock()
	defer j.mu.Unlock()
	path := j.path
	j.path = ""
	if path == "" {
		return nil
	}
	return os.Remove(path)
}

// Read returns what a journal says. A last line that broke off counts for nothing.
func Read(path string) (*Record, error) {
	file, err := durable.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	m := NewRecord()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 64<<10), maxEntry)
	for lines.Scan() {
		var e Entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			continue // broken off by a power cut: its item is looked at again
		}
		m.Apply(e)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if m.Request.Direction == "" {
		return nil, errors.New("it does not say what was to be moved")
	}
	return m, nil
}

// ReadAll returns all transfers in a folder, by ID. One that cannot be read is set aside and reported.
func ReadAll(dir string) (map[string]*Record, []error) {
	found, err := filepath.Glob(filepath.Join(dir, "*"+extension))
	if err != nil {
		return nil, []error{err}
	}
	all, errs := map[string]*Record{}, []error(nil)
	for _, path := range found {
		m, err := Read(path)
		if err != nil {
			errs = append(errs, fmt.Errorf("the transfer in %s cannot be read: %w", path, errors.Join(err, os.Rename(path, path+".unreadable"))))
			continue
		}
		all[strings.TrimSuffix(filepath.Base(path), extension)] = m
	}
	return all, errs
}
