package window

import (
	"testing"

	"fyne.io/fyne/v2"

	"daypass/sandbox/servers"
)

// From signing in to a folder of several pages: loaded to its end, sorted, filtered, refreshed, and back
// through the history.
func TestListing_realServer(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.seeAll("archive", "measurements", "names", "pictures", "7 buckets")
	s.path("s3://measurements/raw/")
	s.see("2,500 items")
	first := s.below("Name")
	s.press("sort:name")
	s.until("the other end", func() bool { return s.below("Name") != first })
	last := s.below("Name")
	s.press("sort:size")
	s.press("sort:size")
	s.press("sort:name")
	s.until("the first again", func() bool { return s.below("Name") == first })
	s.entry("filter").SetText("2499")
	s.see("1 of 2,500 items")
	s.see(last)
	s.entry("filter").SetText("")
	s.see("2,500 items")

	s.put(servers.Measurements, "raw/0-new.csv", "new")
	t.Cleanup(func() { s.remove(servers.Measurements, "raw/0-new.csv") })
	s.press("refresh")
	s.seeAll("2,501 items", "0-new.csv")

	s.path("/measurements/2025/03/")
	s.see("harbour.csv")
	s.press("back")
	s.see("2,501 items")
	s.press("back")
	s.see("7 buckets")
	s.press("forward")
	s.press("forward")
	s.see("harbour.csv")
	s.press("up")
	s.see("12 items")
	s.press("crumb:s3://measurements/") // in the way at the top
	s.see("README.md")
	s.click("notes", 0)
	s.key(fyne.KeyReturn)
	s.seeAll("handover.txt", "2025-03-equinox.txt")
	s.path("s3://empty/")
	s.see("This bucket is empty")
	s.path("s3://no-such-bucket/")
	s.see("Bucket not found")
}

// below is the first name in the list.
func (s *scene) below(heading string) string {
	s.queue.Drain()
	all := s.texts()
	for i, text := range all {
		if text == "Resize Modified" { // the last of the headings
			return all[min(i+1, len(all)-1)]
		}
	}
	return ""
}

// A search below a folder, by a part of the name and by a pattern; what it finds is shown where it lies.
func TestSearch_realServer(t *testing.T) {
	s := newScene(t, servers.Reader)
	s.path("s3://measurements/")
	s.see("README.md")
	s.search("2025/**/*.csv")
	s.see("12 matches in 2,519 files")
	s.search("HANDOVER")
	s.see("1 match in 2,519 files")
	s.open("notes/handover.txt")
	s.see("1 selected, 28.8 kB")
	s.search("nowhere-to-be-found")
	s.see("No matches")
	s.press("search.close")
	s.see("handover.txt")
}
