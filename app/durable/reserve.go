package durable

import (
	"os"
	"sync"
)

// reserved is how many descriptors are kept for files that must be written; one that is written needs one at a time.
const reserved = 4

// reserveTries is how often a file is written again with them: whatever uses descriptors up may take those too.
const reserveTries = 3

// reserve is the descriptors that are given up when a file must be written and none are left.
var reserve struct {
	mu    sync.Mutex
	on    bool
	files []*os.File
}

// Reserve keeps some descriptors from now on, so that files can be written while others have used up all that the
// process may have: connections, for instance.
func Reserve() {
	reserve.mu.Lock()
	defer reserve.mu.Unlock()
	reserve.on = true
	fillReserve()
}

func fillReserve() {
	for reserve.on && len(reserve.files) < reserved {
		f, err := os.Open(os.DevNull)
		if err != nil {
			return // and once more after the next file
		}
		reserve.files = append(reserve.files, f)
	}
}

// withReserve calls do, and again with the reserve given up where no descriptor was left.
func withReserve(do func() error) error {
	err := do()
	for try := 0; try < reserveTries && isExhausted(err); try++ {
		err = withoutReserve(do)
	}
	return err
}

func withoutReserve(do func() error) error {
	reserve.mu.Lock()
	defer reserve.mu.Unlock()
	for _, f := range reserve.files {
		_ = f.Close()
	}
	reserve.files = nil
	defer fillReserve()
	return do()
}
