package ui

import (
	"context"

	"daypass/app"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/details"
	"daypass/ui/problem"
)

// storage is the view of one session's storage, and whose it is.
type storage struct {
	*browse.Browser
	server    Storage
	owner     owner
	selection *browse.Selection
	details   *details.Storage
	// refused is what the server did not allow.
	refused browser.Denials
	// work is the change under way; nil for none. done is what the last one came to, while that is told.
	work *work
	done *done
	// lookup is the question what a typed path names; nil for none.
	lookup *lookup
	// covers is what is known of deleted files in a place without others.
	covers covers
	// finding is the search below a place; nil for none.
	finding *finding
	// bin is the list of deleted files below a place; nil for none.
	bin *bin
	// reveal is what is to be selected once it is listed.
	reveal reveal
	// visited is the place that was noted last.
	visited string
	// seen is the place that was on screen last.
	seen location.Location
}

// owner tells when a view of a storage no longer fits: somebody else signed in, or the connection
// now leads elsewhere.
type owner struct{ identity, endpoint, region, caFile string }

func ownerOf(s app.Session) owner { return owner{s.Identity, s.Endpoint, s.Region, s.CAFile} }

// ensureStorage makes the view of the storage on screen, when it is first shown.
func (u *Window) ensureStorage() {
	if !u.shown.Session.Browse {
		return
	}
	id := u.shown.Session.ID
	if u.browsers[id] != nil || u.agent.Core() == nil {
		return
	}
	if s := u.agent.Session(id); s.ID == id {
		u.openStorage(s)
	}
}

func (u *Window) openStorage(s app.Session) {
	keys := func(ctx context.Context) (app.Credentials, error) {
		core, err := u.agent.Current()
		if err != nil {
			return app.Credentials{}, err
		}
		return core.Credentials(ctx, s.ID)
	}
	source, err := u.Storage(s, keys)
	if err != nil {
		u.input.Failed = problem.Of(err)
		return
	}
	b := &storage{owner: ownerOf(s), server: source, refused: browser.Denials{}}
	b.details = &details.Storage{Source: source, Refusal: func(bucket string, c details.Change) string {
		return b.refused[browser.Denial{Bucket: bucket, Command: detailsActs[c]}]
	}}
	b.Browser = browse.New(source, u.Dispatch, func() { u.storageChanged(s.ID) })
	u.order(b)
	b.selection = browse.NewSelection(b.Browser)
	u.browsers[s.ID] = b
	u.restore(s.ID, b)
}

func (u *Window) storageChanged(id string) {
	s := u.browsers[id]
	if s == nil {
		return
	}
	u.visit(id, s)
	if s.seen != s.At() {
		s.seen = s.At()
		u.leaveFailure(id)
	}
	if s.finding != nil && s.finding.state.At != s.At() {
		s.closeSearch()
	}
	if s.bin != nil && s.bin.state.At != s.At() {
		s.closeBin()
	}
	if u.shown.Session.ID == id {
		u.details.Follow()
		u.lookCovered(s)
		u.renderFolder()
		u.revealNew(s)
	}
}

// leaveFailure puts away what failed at a place that was left.
func (u *Window) leaveFailure(id string) {
	if u.shown.Session.ID == id && u.input.Failed != nil {
		(&intents{u}).Dismiss()
	}
}

// dropStorages closes the views of sessions that have ended or are another person's now.
func (u *Window) dropStorages() {
	if !u.input.Agent.Ready {
		return // the sessions come back with the agent
	}
	still := map[string]owner{}
	for _, s := range u.input.Snapshot.Sessions {
		if s.Phase != session.SignedOut {
			still[s.ID] = ownerOf(s)
		}
	}
	for id, b := range u.browsers {
		if o, ok := still[id]; !ok || o != b.owner {
			b.closeSearch()
			b.closeBin()
			b.dropLookup()
			b.Close()
			delete(u.browsers, id)
		}
	}
}
