//go:build !linux && !windows

package preview

import (
	"os"
	"runtime/metrics"
	"time"
)

// setLimits has the process watch its own memory: these systems do not hold one to a limit that the Go runtime
// can live with. Its time is limited by its parent.
func setLimits() error {
	go watchMemory()
	return nil
}

// watchInterval is how often the memory is read; filling maxProcessMemory takes longer.
const watchInterval = 20 * time.Millisecond

// watchMemory ends the process when it holds too much.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for range time.Tick(watchInterval) {
		if metrics.Read(sample); sample[0].Value.Uint64() > maxProcessMemory {
			os.Exit(1)
		}
	}
}
