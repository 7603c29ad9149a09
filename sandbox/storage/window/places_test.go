package window

import (
	"testing"

	"daypass/sandbox/servers"
)

// Who may not list the buckets is told so, opens theirs by name, and is there again the next time.
func TestPathField_bucketByName(t *testing.T) {
	s := newScene(t, servers.NoList)
	s.see(host(s.line.URL) + " does not allow you to list buckets.")
	s.press("open-name")
	s.answerPath("partner-share")
	s.seeAll("for-partners.txt", "contracts", "deliveries")
	s.path("s3://partner-share/contracts/")
	s.see("2025-draft.txt")
	s.press("bookmarks")
	s.press("menu.toggle-bookmark")

	s.window.Close()
	s.openWindow()
	s.see("2025-draft.txt")
	s.press("up")
	s.see("for-partners.txt")
	s.press("bookmarks")
	s.press("bookmark:s3://partner-share/contracts/")
	s.see("2025-draft.txt")
}

// A listing goes on by itself over an outage of the server, when the user asks for it again.
func TestListing_resumesAfterOutage(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.see("many")
	s.line.Rate.Store(400_000)
	s.path("s3://many/")
	s.see("object-0000000.txt")
	s.until("some of it", func() bool { return s.line.Reset() > 0 })
	s.see("object-0000000.txt")
	s.line.Rate.Store(0)
	s.see("12,000 items")
}

// A search ends at its limit, and where the user stops it.
func TestSearch_limitAndStop(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.path("s3://many/")
	s.see("12,000 items")
	s.search("object")
	s.see("Only the first 10,000 matches are shown. Refine the search to find the rest.")
	s.line.Rate.Store(300_000)
	s.search("0007.txt")
	s.read("matches so far")
	s.press("search.run")
	s.read(", stopped")
}
