package browser

import (
	"strings"

	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/browser/listing"
)

// Navigation goes from one location to another in the storage on screen.
type Navigation struct{ c *Controller }

// with calls do for the listing on screen.
func (n *Navigation) with(do func(*listing.Listing)) {
	if s := n.c.Shown(); s != nil {
		do(s.Listing)
	}
}

// Back goes to the location before.
func (n *Navigation) Back() { n.with((*listing.Listing).Back) }

// Forward undoes Back.
func (n *Navigation) Forward() { n.with((*listing.Listing).Forward) }

// Up goes to the location above.
func (n *Navigation) Up() { n.with((*listing.Listing).Up) }

// Go goes to a location.
func (n *Navigation) Go(to location.Location) { n.with(func(b *listing.Listing) { b.Go(to) }) }

// loadAhead is how many rows before the end of what is loaded the next page is asked for.
const loadAhead = 200

// LoadMore loads what comes next, where the last row in sight is near the end of what is loaded.
func (n *Navigation) LoadMore(last int) {
	n.with(func(b *listing.Listing) {
		if last+loadAhead >= b.Len() && b.Filter() == "" {
			b.More()
		}
	})
}

// SetFilter shows only some names; what is hidden by that is not selected any more.
func (n *Navigation) SetFilter(text string) {
	if s := n.c.Shown(); s != nil && s.Listing.Filter() != text {
		s.Selection.Clear()
		s.Listing.SetFilter(text)
	}
}

// OpenPath goes to a typed path, and returns what is wrong with it otherwise.
func (n *Navigation) OpenPath(path string) (invalid string) {
	s := n.c.Shown()
	if s == nil {
		return messages.Text("browser.sign-in-first")
	}
	to, err := location.ParseURL(path, s.owner.endpoint)
	if err != nil {
		return err.Error()
	}
	s.lookup.drop()
	if to.Prefix == "" || strings.HasSuffix(to.Prefix, "/") {
		s.Listing.Go(to)
		return ""
	}
	s.lookup.start(objects.Ref{Bucket: to.Bucket, Key: to.Prefix})
	return ""
}

// returnTo goes where the user was last on a connection.
func (c *Controller) returnTo(s *Server, path string) {
	s.visited = path
	at, err := location.ParseFolder(path)
	if path == "" || err != nil || at.Root() {
		s.Listing.Start()
		return
	}
	s.Listing.Go(at)
}

// visit notes where the user is, once there is something to see there.
func (s *Server) visit() {
	path := s.Listing.At().URL()
	if path == s.visited || s.Listing.Problem() != nil || s.Listing.Status() == listing.Loading && s.Listing.Loaded() == 0 {
		return
	}
	s.visited = path
	s.c.deps.Bookmarks.Visit(s.ID, path)
}
