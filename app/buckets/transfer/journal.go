package transfer

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
	"daypass/app/durable"
)

// The journal of a transfer is a file of lines, each an entry, that is only ever appended to. Read
// again after the agent has ended in whatever way, it tells what was asked for and how far it came.
// It holds names, sizes and checksums, and no secret.
//
// Entries are written before what they announce is final, and without a sync each: what the system
// has taken survives the end of the process, and after a power cut files are looked at again.

const (
	journalEnd = ".journal"
	// maxEntry bounds a line: a request may name many files.
	maxEntry = 128 << 20
)

// entry is one line.
type entry struct {
	// Request and Owner begin a journal.
	Request *app.TransferRequest `json:"request,omitempty"`
	// Owner is who was signed in when the transfer was asked for.
	Owner string `json:"owner,omitempty"`
	// ToOwner is who was signed in where a copy goes.
	ToOwner string    `json:"to_owner,omitempty"`
	At      time.Time `json:"at,omitzero"`

	// Run begins another attempt: what failed before does not count any more.
	Run bool `json:"run,omitempty"`
	// Phase ends an attempt, with the numbers as they were then.
	Phase   app.TransferPhase `json:"phase,omitempty"`
	Problem *app.Problem      `json:"problem,omitempty"`
	Counts  *counts           `json:"counts,omitempty"`

	// Policy is an answer for all.
	Policy app.ConflictPolicy `json:"policy,omitempty"`
	// Folder is a folder below the target in which there may be temporary files.
	Folder *string `json:"folder,omitempty"`
	// Placed says that the files announced by Placing have their names.
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
	Big  *bigFile `json:"big,omitempty"`
	Part int      `json:"part,omitempty"`
	Sum  string   `json:"sum,omitempty"`
	// Proof is the sum of that part in the kind of the whole's, where it is another.
	Proof   string `json:"proof,omitempty"`
	Dropped bool   `json:"dropped,omitempty"`
}

// bigFile is a file that moves in parts.
type bigFile struct {
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

	// parts has the checksum of each part that is there, by number; the first is 1.
	parts map[int]string
	// proofs has its sum of another kind.
	proofs map[int]string
}

// same reports whether two attempts are about the same content, cut and sent to the same place alike.
func (b bigFile) same(other bigFile) bool {
	return b.ETag == other.ETag && b.Version == other.Version && b.Size == other.Size && b.Modified.Equal(other.Modified) && b.PartSize == other.PartSize && b.Target == other.Target
}

// counts are the numbers of one attempt.
type counts struct {
	Files   int `json:"files"`
	Done    int `json:"done"`
	Skipped int `json:"skipped,omitempty"`
	Failed  int `json:"failed,omitempty"`
	// Size and Bytes are of all files but the skipped, and of those that are done.
	Size  int64 `json:"size"`
	Bytes int64 `json:"bytes"`
}

// placedFile is a file that has got its name, or was about to.
type placedFile struct {
	name string
	size int64
}

// memory is what a journal tells, and what a job knows of itself: each change is an entry, applied
// here and written there.
type memory struct {
	request  app.TransferRequest
	owner    string
	toOwner  string
	started  time.Time
	ended    time.Time
	phase    app.TransferPhase
	problem  *app.Problem
	counts   counts
	policy   app.ConflictPolicy
	done     map[digest]struct{}
	choices  map[string]app.ConflictPolicy
	placing  map[string]placedFile
	big      map[string]*bigFile
	folders  map[string]struct{}
	failures []app.FileFailure
}

func newMemory() *memory {
	return &memory{
		phase: app.TransferQueued, done: map[digest]struct{}{}, choices: map[string]app.ConflictPolicy{},
		placing: map[string]placedFile{}, big: map[string]*bigFile{}, folders: map[string]struct{}{},
	}
}

// apply takes one entry up.
func (m *memory) apply(e entry) {
	if e.Item != "" {
		m.applyItem(e)
	}
	switch {
	case e.Request != nil:
		m.request, m.owner, m.toOwner, m.started, m.policy = *e.Request, e.Owner, e.ToOwner, e.At, e.Request.Conflicts
	case e.Run:
		m.phase, m.problem, m.failures, m.ended = app.TransferRunning, nil, nil, time.Time{}
		m.counts = counts{}
	case e.Phase != "":
		m.phase, m.problem, m.ended = e.Phase, e.Problem, e.At
		if e.Counts != nil {
			m.counts = *e.Counts
		}
	case e.Policy != "":
		m.policy = e.Policy
	case e.Folder != nil:
		m.folders[*e.Folder] = struct{}{}
	case e.Placed:
		for item := range m.placing {
			m.done[digestOf(item)] = struct{}{}
			delete(m.choices, item)
			delete(m.big, item)
		}
		clear(m.placing)
	}
}

func (m *memory) applyItem(e entry) {
	switch {
	case e.Done:
		m.done[digestOf(e.Item)] = struct{}{}
		delete(m.choices, e.Item)
		delete(m.placing, e.Item)
		delete(m.big, e.Item)
	case e.Failure != nil:
		delete(m.placing, e.Item)
		if len(m.failures) < app.MaxFailures {
			m.failures = append(m.failures, *e.Failure)
		}
	case e.Choice != "":
		m.choices[e.Item] = e.Choice
	case e.Placing != "":
		m.placing[e.Item] = placedFile{e.Placing, e.Size}
	case e.Big != nil:
		big := *e.Big
		big.parts, big.proofs = map[int]string{}, map[int]string{}
		m.big[e.Item] = &big
	case e.Dropped:
		delete(m.big, e.Item)
		delete(m.placing, e.Item)
	case e.Part > 0 && m.big[e.Item] != nil:
		m.big[e.Item].parts[e.Part] = e.Sum
		if e.Proof != "" {
			m.big[e.Item].proofs[e.Part] = e.Proof
		}
	}
}

// isDone reports whether an item needs no more work.
func (m *memory) isDone(item string) bool {
	_, done := m.done[digestOf(item)]
	return done
}

// journal is the file. Its zero value keeps nothing.
type journal struct {
	mu   sync.Mutex
	path string
	file *os.File
}

// write appends entries in one go.
func (j *journal) write(entries ...entry) error {
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

// rest brings the journal to the disk and closes the file until the next entry.
func (j *journal) rest() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file != nil {
		_ = j.file.Sync()
		_ = j.file.Close()
		j.file = nil
	}
}

func (j *journal) remove() error {
	j.rest()
	j.mu.Lock()
	defer j.mu.Unlock()
	path := j.path
	j.path = ""
	if path == "" {
		return nil
	}
	return os.Remove(path)
}

// readJournal returns what a journal tells. A last line that broke off counts for nothing.
func readJournal(path string) (*memory, error) {
	file, err := durable.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	m := newMemory()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 64<<10), maxEntry)
	for lines.Scan() {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			continue // broken off by a power cut: its item is looked at again
		}
		m.apply(e)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if m.request.Direction == "" {
		return nil, errors.New("it does not say what was to be moved")
	}
	return m, nil
}

// readJournals returns all transfers in a folder, by ID. One that cannot be read is set aside and told.
func readJournals(dir string) (map[string]*memory, []error) {
	found, err := filepath.Glob(filepath.Join(dir, "*"+journalEnd))
	if err != nil {
		return nil, []error{err}
	}
	all, errs := map[string]*memory{}, []error(nil)
	for _, path := range found {
		m, err := readJournal(path)
		if err != nil {
			errs = append(errs, fmt.Errorf("the transfer in %s cannot be read: %w", path, errors.Join(err, os.Rename(path, path+".unreadable"))))
			continue
		}
		all[strings.TrimSuffix(filepath.Base(path), journalEnd)] = m
	}
	return all, errs
}
