//go:build !linux && !darwin && !windows

package origin

import (
	"errors"
	"os"
)

func mark(*os.File, string) error { return errors.ErrUnsupported }
