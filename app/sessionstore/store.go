// Package sessionstore keeps session records across restarts of the agent, in the vault.
package sessionstore

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"daypass/app/inbox"
	"daypass/app/schedule"
	"daypass/app/vault"
)

// Times of the store.
const (
	// unlockTimeout is how long a user may take to unlock their keyring when it asks.
	unlockTimeout = time.Minute
	// keyringTimeout bounds a keyring that is unlocked, and inspectTimeout the question how it stands.
	keyringTimeout = 10 * time.Second
	inspectTimeout = 3 * time.Second
	// storeGrace is how long a renewal waits for a vault that is being opened. After it, the fresh
	// token is used though it is not on disk yet.
	storeGrace = 3 * time.Second
	// retryInterval is how often a keyring that could not be used is looked at, and a failed write tried
	// again, while there is something to store.
	retryInterval = 30 * time.Second
	// absentInterval is how often a keyring that is not there is probed where the system reports when one
	// comes. A probe follows the last of such signals after settleDelay, since GNOME Keyring stays locked where
	// somebody asks it while it starts, and maxSettleProbes probes that are retryInterval apart.
	absentInterval  = 10 * time.Minute
	settleDelay     = 2 * time.Second
	maxSettleProbes = 3
	// closeTimeout is how long the end of the program waits for a keyring that is being asked.
	closeTimeout = 2 * time.Second
)

// ErrNotStored means that a record could not be stored in time.
var ErrNotStored = errors.New("the session is not stored yet")

// Request is one change of the vault; a nil Entry removes what is there.
type Request struct {
	ID    string
	Entry json.RawMessage
	// Ask is true where a user has just signed in: then a locked keyring may ask them to unlock it.
	Ask bool
	// At is when the change was decided on.
	At time.Time
	// Done is called when the change is on disk, or with why it is not. May be nil.
	Done func(error)
}

// Store stores the sessions. It has one goroutine, so that nobody else ever waits for the keyring or
// the disk, and holds what could not be stored until it can be.
type Store struct {
	vault  *vault.Vault
	log    *slog.Logger
	events Events

	// ctx is for asking the keyring, which goes on a little after run was told to end.
	ctx    context.Context
	cancel context.CancelFunc
	in     *inbox.Inbox[Request]
	opened chan error
	key    keyChange

	pending map[string]json.RawMessage
	waiters []func(error)
	opening bool
	isOpen  bool
	damaged *vault.DamagedError
	status  Status

	// changes receives when a keyring may have come; nil where nothing does. changed is set while such news
	// waits for the end of a look, and settling counts the looks that follow it soon.
	changes  <-chan struct{}
	changed  bool
	settling int
}

// Events are what a Store reports, from its own goroutine. None may be nil.
type Events struct {
	// Restored has the entries of the vault when it is opened.
	Restored func(map[string]json.RawMessage)
	// Ready means that the stored sessions are restored, or that it is clear that they are not for now. It may
	// come more than once.
	Ready func()
	// Changed has the status after each change of it.
	Changed func(Status)
}

// New returns the store of sessions in v. Run makes it work.
func New(v *vault.Vault, log *slog.Logger, events Events) *Store {
	ctx, cancel := context.WithCancel(context.Background())
	return &Store{
		events: events,

		ctx: ctx, cancel: cancel, vault: v, log: log, in: inbox.New[Request](), opened: make(chan error, 1),
		key:     keyChange{done: make(chan error, 1)},
		pending: map[string]json.RawMessage{},
	}
}

// Put has a change stored. It does not block.
func (s *Store) Put(req Request) { s.in.Put(req) }

// Run works until ctx ends, and then stores what is left. It is called once.
func (s *Store) Run(ctx context.Context) {
	defer s.close()
	s.changes = s.vault.Changes(ctx)
	s.begin()
	grace, again, news := schedule.NewTimer(), schedule.NewTimer(), schedule.NewTimer()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.in.Ready():
			s.take()
		case err := <-s.opened:
			s.afterOpening(err)
		case err := <-s.key.done:
			s.afterKeyChange(err)
		case <-s.changes:
			news.Restart(settleDelay)
			again.Keep(false, 0)
		case <-news.C():
			news.Fired()
			s.noteChange()
		case <-grace.C():
			grace.Fired()
			s.release(ErrNotStored)
		case <-again.C():
			again.Fired()
			s.tryAgain()
		}
		grace.Keep(len(s.waiters) > 0, storeGrace)
		again.Keep(!s.opening && !s.key.changing && s.isBehind(), s.pause())
	}
}

// isBehind reports whether something is not where it should be.
func (s *Store) isBehind() bool { return len(s.pending) > 0 || s.status.Err != nil }

// pause is how long to wait before the next look at what does not work.
func (s *Store) pause() time.Duration {
	if s.changes != nil && s.settling == 0 && errors.Is(s.status.Err, vault.ErrAbsent) {
		return absentInterval
	}
	return retryInterval
}

// noteChange looks at a keyring that may have come.
func (s *Store) noteChange() {
	s.settling, s.changed = maxSettleProbes, s.opening
	if !s.opening && s.isBehind() {
		s.tryAgain()
	}
}

// begin opens a vault that has a file. One that has none is opened when there is something to store.
func (s *Store) begin() {
	there, err := s.vault.Exists()
	if err == nil && !there && !s.vault.KeyChangeDue() {
		s.events.Ready()
		return
	}
	s.open(false, true)
}

// take takes all requests that wait, for one write.
func (s *Store) take() {
	ask := s.note(s.in.TakeAll())
	switch {
	case s.isOpen:
		s.flush()
	case s.nothingToStore():
		clear(s.pending)
		s.release(nil)
		s.report(nil)
	case s.opening:
	case s.status.Err != nil && !ask:
		s.release(ErrNotStored) // it is known not to work, and looked at now and then
	default:
		s.open(true, true)
	}
}

func (s *Store) note(requests []Request) (ask bool) {
	s.end(requests)
	for _, req := range requests {
		s.pending[req.ID] = req.Entry
		if req.Done != nil {
			s.waiters = append(s.waiters, req.Done)
		}
		ask = ask || req.Ask
	}
	return ask
}

// nothingToStore reports whether all that waits are removals from a vault without a file.
func (s *Store) nothingToStore() bool {
	for _, entry := range s.pending {
		if entry != nil {
			return false
		}
	}
	there, err := s.vault.Exists()
	return !there && err == nil
}

func (s *Store) tryAgain() {
	s.settling = max(0, s.settling-1)
	if s.isOpen {
		s.flush()
		return
	}
	s.open(len(s.pending) > 0, false)
}

// open opens the vault in the background. Where ask is false it does so only if the keyring can be
// used without asking the user.
func (s *Store) open(create, ask bool) {
	s.opening = true
	go func() { s.opened <- s.tryOpen(create, ask) }()
}

func (s *Store) tryOpen(create, ask bool) error {
	probeCtx, cancel := context.WithTimeout(s.ctx, inspectTimeout)
	err := s.vault.Probe(probeCtx)
	cancel()
	timeout := keyringTimeout
	switch {
	case err == nil:
	case ask && (errors.Is(err, vault.ErrLocked) || errors.Is(err, vault.ErrUnknown)):
		timeout = unlockTimeout
	default:
		return err
	}
	ctx, cancel := context.WithTimeout(s.ctx, timeout)
	defer cancel()
	return s.vault.Open(ctx, create)
}

func (s *Store) afterOpening(err error) {
	s.opening = false
	if damaged := new(vault.DamagedError); errors.As(err, &damaged) {
		s.log.Error("the stored sessions were damaged and are set aside", "as", damaged.Aside, "reason", damaged.Reason)
		s.damaged, err = damaged, nil
	}
	if errors.Is(err, vault.ErrNotFound) {
		s.nothingStored()
		return
	}
	if err != nil {
		s.log.Warn("sessions are not stored", "error", err)
		s.release(ErrNotStored)
		s.report(err)
		s.events.Ready()
		if s.changed {
			s.changed = false
			s.tryAgain()
		}
		return
	}
	s.isOpen = true
	s.dropEnded()
	s.restore()
	s.flush()
	s.events.Ready()
}

// restore reports what the vault had, but for what has changed in the meantime.
func (s *Store) restore() {
	entries := s.vault.Entries()
	for id := range s.pending {
		delete(entries, id)
	}
	if len(entries) > 0 {
		s.events.Restored(entries)
	}
}

// flush writes what is pending.
func (s *Store) flush() {
	var err error
	if len(s.pending) > 0 {
		err = s.vault.Write(s.pending)
	}
	if err == nil {
		s.clearPending()
		s.changeKey()
	} else {
		s.log.Error("the sessions cannot be stored", "error", err)
	}
	s.release(err)
	s.report(err)
}

func (s *Store) release(err error) {
	for _, done := range s.waiters {
		done(err)
	}
	s.waiters = nil
}

// report reports the status where it has changed.
func (s *Store) report(err error) {
	if err == nil {
		err = s.key.err
	}
	now := Status{Err: err, Damaged: s.damaged}
	if now == s.status {
		return
	}
	s.status = now
	s.events.Changed(now)
}

// close stores what can still be stored.
func (s *Store) close() {
	s.note(s.in.TakeAll())
	if !s.isOpen && !s.opening && s.status.Err == nil && len(s.pending) > 0 && !s.nothingToStore() {
		s.open(true, false) // for what came last
	}
	if s.opening && len(s.pending) > 0 {
		select {
		case err := <-s.opened:
			s.afterOpening(err)
		case <-time.After(closeTimeout):
		}
	}
	if s.isOpen {
		s.flush()
		s.finishKeyChange()
	}
	s.cancel()
	s.release(ErrNotStored)
	if err := s.vault.Close(); err != nil {
		s.log.Warn("the stored sessions cannot be let go", "error", err)
	}
}
