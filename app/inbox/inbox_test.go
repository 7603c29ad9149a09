package inbox_test

import (
	"slices"
	"sync"
	"testing"

	"daypass/app/inbox"
)

func TestInbox_itemsComeOnceAndInOrder(t *testing.T) {
	in := inbox.New[int]()
	in.Put(1)
	in.Put(2)
	<-in.Ready()
	if got := in.TakeAll(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("%v", got)
	}
	if got := in.TakeAll(); len(got) != 0 {
		t.Errorf("taken twice: %v", got)
	}
}

// Anyone who waits for Ready misses no item.
func TestInbox_nothingIsMissed(t *testing.T) {
	in := inbox.New[int]()
	const each, goroutines = 100, 8
	var all sync.WaitGroup
	for range goroutines {
		all.Go(func() {
			for range each {
				in.Put(1)
			}
		})
	}
	for got := 0; got < each*goroutines; {
		<-in.Ready()
		got += len(in.TakeAll())
	}
	all.Wait()
}
