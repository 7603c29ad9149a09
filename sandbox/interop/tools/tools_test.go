//go:build linux && interop

package tools

import (
	"fmt"
	"testing"
)

func TestRule48_newestTools(t *testing.T) {
	before := len(network.ToAmazon())
	t.Run("tools", func(t *testing.T) {
		for i, s := range scripts {
			t.Run(fmt.Sprintf("%s-%d", s.file, i), s.run)
		}
		for i, c := range commands {
			t.Run(fmt.Sprintf("%s-%d", c.tool, i), c.run)
		}
		for i, way := range minioGoWays {
			t.Run(fmt.Sprintf("minio-go-%d", i), func(t *testing.T) { minioGo(t, way) })
		}
	})
	for _, r := range network.ToAmazon()[before:] {
		t.Errorf("%s was asked for by %s", r.Host, r.Program)
	}
	for _, r := range network.Requests() {
		t.Logf("%s was asked for by %s", r.Host, r.Program)
	}
}
