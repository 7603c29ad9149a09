package browser_test

import (
	"testing"

	"daypass/app/buckets"
	"daypass/ui/browser"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// Every column is whole: it can be remembered, read and ordered by.
func TestColumns_areWhole(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range browser.Columns {
		if c.ID == "" || seen[c.ID] || c.Title() == "" {
			t.Errorf("column %d: ID %q, title %q", i, c.ID, c.Title())
		}
		seen[c.ID] = true
		if first := i == 0; first != (c.Width == 0) || first != (c.Value == nil) || first != (c.Rank == nil) {
			t.Errorf("%s: only the first is the name, which takes what the others leave", c.ID)
		}
		if browser.ColumnOf(c.ID).TitleID != c.TitleID {
			t.Errorf("%s is not found", c.ID)
		}
	}
	if browser.Columns[0].ID != listing.ByName || browser.ColumnOf("none").ID != listing.ByName {
		t.Error("without a column the order is that of names")
	}
	row := browser.NewEntryRow(buckets.Entry{Key: "a", Size: 2100, Modified: uitest.Now, StorageClass: "GLACIER\u202e"}, "a", false, uitest.Now)
	if len(row.Values) != len(browser.Columns)-1 || row.Values[0] != "2.1 kB" || row.Values[2] != `GLACIER\u202e` {
		t.Errorf("%q", row.Values)
	}
}

func TestColumnHeads_widthsAndOrder(t *testing.T) {
	prefs := browser.ColumnPrefs{
		Widths: map[string]float32{"size": 120, "owner": 90},
		Shown:  map[string]bool{"modified": false, listing.ByName: false, "owner": true},
	}
	for _, root := range []bool{false, true} {
		heads := browser.ColumnHeads(prefs, listing.Order{By: "size", Descending: true}, root)
		if len(heads) != len(browser.Columns) {
			t.Fatalf("%+v", heads)
		}
		name, size, modified := heads[0], heads[1], heads[2]
		if !name.Shown || name.Width != 0 || name.Ordered {
			t.Errorf("name: %+v", name)
		}
		if !size.Shown || size.Width != 120 || !size.Ordered || !size.Descending || (size.Title == "") != root {
			t.Errorf("size: %+v", size)
		}
		if modified.Shown || modified.Width != 132 || (modified.Title == "Created") != root {
			t.Errorf("modified: %+v", modified)
		}
	}
}

// The storage class is asked for in the menu of columns, and orders from what is read most to what is read least.
func TestColumns_storageClass(t *testing.T) {
	class := browser.ColumnOf("class")
	if !class.Hidden {
		t.Error("a column that most listings have one value in is shown at once")
	}
	before := int64(-1)
	for _, name := range []string{"STANDARD", "STANDARD_IA", "GLACIER", "DEEP_ARCHIVE", "a server's own"} {
		rank := class.Rank(buckets.Entry{StorageClass: name})
		if rank <= before {
			t.Errorf("%s comes too early", name)
		}
		before = rank
	}
}
