package browser

import (
	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/details"
)

// Server is the storage of one connection as the screen shows it: where the user is in it, what is selected, and what is
// under way.
type Server struct {
	// ID is that of the connection.
	ID        string
	Source    Storage
	Listing   *listing.Listing
	Selection *listing.Selection

	c       *Controller
	owner   owner
	details *details.Storage
	// denials are what the server did not allow.
	denials Denials
	changes *changes
	lookup  *lookup
	hint    *deletedHint
	reveal  reveal
	// results is the list that stands in place of the listing; nil for none.
	results results
	// visited is the path that was noted last, and seen the location that was on screen last.
	visited string
	seen    location.Location
}

// owner is whose storage it is, and where: another user may sign in, or the connection lead elsewhere.
type owner struct{ identity, endpoint, region, caFile string }

func ownerOf(s app.Session) owner { return owner{s.Identity, s.Endpoint, s.Region, s.CAFile} }

func newServer(c *Controller, session app.Session, source Storage) *Server {
	s := &Server{ID: session.ID, Source: source, c: c, owner: ownerOf(session), denials: Denials{}}
	s.changes, s.lookup, s.hint = newChanges(s), newLookup(s), newDeletedHint(s)
	s.details = &details.Storage{Source: source, Denial: func(bucket string, change details.Change) string {
		return s.denials[Denial{bucket, changeCommands[change]}]
	}}
	s.Listing = listing.New(source, c.deps.Dispatch, s.changed)
	c.Columns.order(s)
	s.Selection = listing.NewSelection(s.Listing)
	return s
}

// onScreen reports whether the storage is the one on screen.
func (s *Server) onScreen() bool { return s.c.Shown() == s }

// changed is called after every change of the listing.
func (s *Server) changed() {
	if s.c.servers[s.ID] != s {
		return
	}
	s.visit()
	at := s.Listing.At()
	if s.seen != at {
		s.seen = at
		if s.onScreen() {
			s.c.deps.Window.Failed(nil)
		}
	}
	if s.results != nil && s.results.at() != at {
		s.closeResults()
	}
	if s.onScreen() {
		s.c.details.Follow()
		s.hint.check()
		s.c.Render()
		s.revealNew()
	}
}

// close ends what is under way, except for a change.
func (s *Server) close() {
	s.closeResults()
	s.lookup.drop()
	s.Listing.Close()
}

func (s *Server) closeResults() {
	if s.results != nil {
		s.results.drop()
		s.results = nil
	}
}

// entries are what is selected; everything of a folder is the folder itself.
func (s *Server) entries() []buckets.Entry {
	if s.Selection.Everything() && !s.Listing.At().Root() {
		return []buckets.Entry{{Key: s.Listing.At().Prefix, Folder: true}}
	}
	return s.Selection.Entries()
}

// objects are what is selected, as a transfer takes it.
func (s *Server) objects() []app.TransferObject {
	if s.Selection.Everything() && !s.Listing.At().Root() {
		return []app.TransferObject{{Key: s.Listing.At().Prefix}}
	}
	var out []app.TransferObject
	for _, e := range s.Selection.Entries() {
		if s.Listing.At().Root() {
			return []app.TransferObject{{}} // the whole bucket
		}
		out = append(out, app.TransferObject{Key: e.Key, Size: e.Size})
	}
	return out
}

// location returns where an entry of the listing leads: a bucket or a folder.
func (s *Server) location(e buckets.Entry) location.Location {
	if at := s.Listing.At(); !at.Root() {
		return location.Location{Bucket: at.Bucket, Prefix: e.Key}
	}
	return location.Location{Bucket: e.Key}
}
