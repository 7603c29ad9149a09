package transfer

import (
	"errors"
	"io/fs"
	"net/url"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
)

// committer renames finished downloads to their names. What was finished while it brought the ones before to
// the disk goes together: thousands of small files do not wait for the disk one by one.
type committer struct {
	j    *job
	in   chan finishedFile
	done sync.WaitGroup
}

// finishedFile is a whole and verified download under its temporary name.
type finishedFile struct {
	it         *item
	folder     *disk.Folder
	temp, name string
	replace    bool
	modified   time.Time
	// from is the address of the object, for the mark of where the file comes from.
	from *url.URL
}

// maxBatch is how many files are renamed together.
const maxBatch = 512

func newCommitter(j *job) *committer {
	p := &committer{j: j, in: make(chan finishedFile, maxBatch)}
	p.done.Go(p.run)
	return p
}

// add has a file renamed and its item finished. It takes the folder over.
func (p *committer) add(what finishedFile) { p.in <- what }

// close waits until everything is renamed.
func (p *committer) close() {
	close(p.in)
	p.done.Wait()
}

func (p *committer) run() {
	for first := range p.in {
		batch := []finishedFile{first}
		for more := true; more && len(batch) < maxBatch; {
			select {
			case next, open := <-p.in:
				if more = open; open {
					batch = append(batch, next)
				}
			default:
				more = false
			}
		}
		p.commitAll(batch)
	}
}

func (p *committer) commitAll(batch []finishedFile) {
	for _, what := range batch {
		what.folder.Mark(what.temp, what.from)
	}
	failed := p.sync(batch)
	announced := make([]journal.Entry, 0, len(batch))
	for i, what := range batch {
		if failed[i] == nil {
			announced = append(announced, journal.Entry{Item: what.it.id, Placing: what.name, Size: what.it.size})
		}
	}
	p.j.note(announced...)
	for i, what := range batch {
		if failed[i] == nil {
			failed[i] = p.commitOne(what)
		}
		what.folder.Leave()
	}
	p.finish(batch, failed)
}

// someFiles are brought to the disk one by one; more go faster together with whatever else is waiting
// to be written there.
const someFiles = 4

// sync brings the files of a batch to the disk.
func (p *committer) sync(batch []finishedFile) []error {
	failed := make([]error, len(batch))
	if len(batch) > someFiles {
		if err := batch[0].folder.SyncDisk(); err == nil {
			return failed
		}
	}
	for i, what := range batch {
		failed[i] = what.folder.Sync(what.temp)
	}
	return failed
}

func (p *committer) commitOne(what finishedFile) error {
	what.folder.Touch(what.temp, what.modified)
	err := what.folder.Commit(what.temp, what.name, what.replace)
	if err != nil {
		_ = what.folder.Remove(what.temp)
	}
	return err
}

func (p *committer) finish(batch []finishedFile, failed []error) {
	p.j.mu.Lock()
	void := []journal.Entry(nil)
	for i, what := range batch {
		if failed[i] == nil {
			p.j.count(what.it)
		} else {
			void = append(void, journal.Entry{Item: what.it.id, Dropped: true})
		}
	}
	p.j.noteLocked(append(void, journal.Entry{Placed: true})...)
	p.j.mu.Unlock()
	for i, what := range batch {
		switch {
		case failed[i] == nil:
			p.j.queue.finished()
		case errors.Is(failed[i], fs.ErrExist) && p.j.choice(what.it) != app.Replace:
			p.j.queue.again(what.it) // somebody took the name a moment ago: look again
		default:
			p.j.finish(what.it, failed[i])
		}
	}
}
