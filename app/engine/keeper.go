package engine

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"daypass/app/vault"
)

// Times of the keeper.
const (
	// unlockPatience is how long a person may take to unlock their keyring when it asks.
	unlockPatience = time.Minute
	// keyringPatience bounds a keyring that is unlocked, and lookPatience the question how it stands.
	keyringPatience = 10 * time.Second
	lookPatience    = 3 * time.Second
	// storeGrace is how long a renewal waits for a vault that is being opened. After it, the fresh
	// token is used though it is not on disk yet.
	storeGrace = 3 * time.Second
	// lookAgain is how often a keyring that could not be used is looked at, and a failed write tried
	// again, while there is something to store.
	lookAgain = 30 * time.Second
	// lookSeldom is how often a keyring that is not there is looked at where the system tells when one
	// comes. A look follows that after settleTime, since GNOME Keyring stays locked where somebody asks it
	// while it starts, and settleLooks looks that are lookAgain apart.
	lookSeldom  = 10 * time.Minute
	settleTime  = 2 * time.Second
	settleLooks = 3
	// closePatience is how long the end of the program waits for a keyring that is being asked.
	closePatience = 2 * time.Second
)

// errNotStored is what a renewal hears whose token could not be stored in time.
var errNotStored = errors.New("the session is not stored yet")

// storeRequest is one change of the vault; a nil entry removes what is there.
type storeRequest struct {
	id    string
	entry json.RawMessage
	// ask is set where a person has just signed in: then a locked keyring may ask them to unlock it.
	ask bool
	// at is when the change was decided on.
	at time.Time
	// done is told when the change is on disk, or why it is not. May be nil.
	done func(error)
}

// keeper stores the sessions. It has one goroutine, so that nobody else ever waits for the keyring or
// the disk, and holds what could not be stored until it can be.
type keeper struct {
	vault *vault.Vault
	log   *slog.Logger
	// restored is told what the vault has when it is opened, and ready that the stored sessions are
	// restored, or that it is clear that they are not for now. It may be told again.
	restored func(map[string]json.RawMessage)
	ready    func()
	// report is told how things stand after each change: nil when everything is on disk.
	report func(keeping)

	// ctx is for asking the keyring, which goes on a little after run was told to end.
	ctx    context.Context
	cancel context.CancelFunc
	in     *mailbox[storeRequest]
	opened chan error
	key    keyChange

	pending map[string]json.RawMessage
	waiters []func(error)
	opening bool
	isOpen  bool
	damaged *vault.DamagedError
	told    keeping

	// changes tells when a keyring may have come; nil where nothing does. changed is set while such news
	// waits for the end of a look, and settling counts the looks that follow it soon.
	changes  <-chan struct{}
	changed  bool
	settling int
}

// keeping is how the storing of sessions stands.
type keeping struct {
	// err is why sessions are in memory alone; nil when they are not.
	err error
	// damaged is set once a damaged file was set aside.
	damaged *vault.DamagedError
}

func newKeeper(v *vault.Vault, log *slog.Logger) *keeper {
	ctx, cancel := context.WithCancel(context.Background())
	return &keeper{
		ctx: ctx, cancel: cancel, vault: v, log: log, in: newMailbox[storeRequest](), opened: make(chan error, 1),
		key:     keyChange{done: make(chan error, 1)},
		pending: map[string]json.RawMessage{},
	}
}

// put has a change stored. It does not block.
func (k *keeper) put(req storeRequest) { k.in.put(req) }

// run works until ctx ends, and then stores what is left.
func (k *keeper) run(ctx context.Context) {
	defer k.close()
	k.changes = k.vault.Changes(ctx)
	k.begin()
	grace, again, news := newIdleTimer(), newIdleTimer(), newIdleTimer()
	for {
		select {
		case <-ctx.Done():
			return
		case <-k.in.bell:
			k.take()
		case err := <-k.opened:
			k.afterOpening(err)
		case err := <-k.key.done:
			k.afterKeyChange(err)
		case <-k.changes:
			news.keep(true, settleTime)
		case <-news.C:
			news.running = false
			k.noteChange()
		case <-grace.C:
			grace.running = false
			k.release(errNotStored)
		case <-again.C:
			again.running = false
			k.tryAgain()
		}
		grace.keep(len(k.waiters) > 0, storeGrace)
		again.keep(!k.opening && !k.key.changing && k.isBehind(), k.pause())
	}
}

// isBehind reports whether something is not where it should be.
func (k *keeper) isBehind() bool { return len(k.pending) > 0 || k.told.err != nil }

// pause is how long to wait before the next look at what does not work.
func (k *keeper) pause() time.Duration {
	if k.changes != nil && k.settling == 0 && errors.Is(k.told.err, vault.ErrAbsent) {
		return lookSeldom
	}
	return lookAgain
}

// noteChange looks at a keyring that may have come.
func (k *keeper) noteChange() {
	k.settling, k.changed = settleLooks, k.opening
	if !k.opening && k.isBehind() {
		k.tryAgain()
	}
}

// begin opens a vault that has a file. One that has none is opened when there is something to store.
func (k *keeper) begin() {
	there, err := k.vault.Exists()
	if err == nil && !there && !k.vault.KeyChangeDue() {
		k.ready()
		return
	}
	k.open(false, true)
}

// take takes all requests that wait, for one write.
func (k *keeper) take() {
	ask := k.note(k.in.takeAll())
	switch {
	case k.isOpen:
		k.flush()
	case k.nothingToStore():
		clear(k.pending)
		k.release(nil)
		k.say(nil)
	case k.opening:
	case k.told.err != nil && !ask:
		k.release(errNotStored) // it is known not to work, and looked at now and then
	default:
		k.open(true, true)
	}
}

func (k *keeper) note(requests []storeRequest) (ask bool) {
	k.end(requests)
	for _, req := range requests {
		k.pending[req.id] = req.entry
		if req.done != nil {
			k.waiters = append(k.waiters, req.done)
		}
		ask = ask || req.ask
	}
	return ask
}

// nothingToStore reports whether all that waits are removals from a vault without a file.
func (k *keeper) nothingToStore() bool {
	for _, entry := range k.pending {
		if entry != nil {
			return false
		}
	}
	there, err := k.vault.Exists()
	return !there && err == nil
}

func (k *keeper) tryAgain() {
	k.settling = max(0, k.settling-1)
	if k.isOpen {
		k.flush()
		return
	}
	k.open(len(k.pending) > 0, false)
}

// open opens the vault in the background. Where ask is false it does so only if the keyring can be
// used without asking the person.
func (k *keeper) open(create, ask bool) {
	k.opening = true
	go func() { k.opened <- k.tryOpen(create, ask) }()
}

func (k *keeper) tryOpen(create, ask bool) error {
	look, cancel := context.WithTimeout(k.ctx, lookPatience)
	err := k.vault.Look(look)
	cancel()
	patience := keyringPatience
	switch {
	case err == nil:
	case ask && (errors.Is(err, vault.ErrLocked) || errors.Is(err, vault.ErrUnknown)):
		patience = unlockPatience
	default:
		return err
	}
	ctx, cancel := context.WithTimeout(k.ctx, patience)
	defer cancel()
	return k.vault.Open(ctx, create)
}

func (k *keeper) afterOpening(err error) {
	k.opening = false
	if damaged := new(vault.DamagedError); errors.As(err, &damaged) {
		k.log.Error("the stored sessions were damaged and are set aside", "as", damaged.Aside, "reason", damaged.Reason)
		k.damaged, err = damaged, nil
	}
	if errors.Is(err, vault.ErrNotFound) {
		k.nothingStored()
		return
	}
	if err != nil {
		k.log.Warn("sessions are not stored", "error", err)
		k.release(errNotStored)
		k.say(err)
		k.ready()
		if k.changed {
			k.changed = false
			k.tryAgain()
		}
		return
	}
	k.isOpen = true
	k.dropEnded()
	k.hand()
	k.flush()
	k.ready()
}

// hand gives what the vault had to the sessions, but for what has changed meanwhile.
func (k *keeper) hand() {
	entries := k.vault.Entries()
	for id := range k.pending {
		delete(entries, id)
	}
	if len(entries) > 0 {
		k.restored(entries)
	}
}

// flush writes what is pending.
func (k *keeper) flush() {
	var err error
	if len(k.pending) > 0 {
		err = k.vault.Write(k.pending)
	}
	if err == nil {
		k.forgetPending()
		k.changeKey()
	} else {
		k.log.Error("the sessions cannot be stored", "error", err)
	}
	k.release(err)
	k.say(err)
}

func (k *keeper) release(err error) {
	for _, done := range k.waiters {
		done(err)
	}
	k.waiters = nil
}

// say reports how things stand where that has changed.
func (k *keeper) say(err error) {
	if err == nil {
		err = k.key.err
	}
	now := keeping{err: err, damaged: k.damaged}
	if now == k.told {
		return
	}
	k.told = now
	k.report(now)
}

// close stores what can still be stored.
func (k *keeper) close() {
	k.note(k.in.takeAll())
	if k.opening && len(k.pending) > 0 {
		select {
		case err := <-k.opened:
			k.afterOpening(err)
		case <-time.After(closePatience):
		}
	}
	if k.isOpen {
		k.flush()
		k.finishKeyChange()
	}
	k.cancel()
	k.release(errNotStored)
	if err := k.vault.Close(); err != nil {
		k.log.Warn("the stored sessions cannot be let go", "error", err)
	}
}
