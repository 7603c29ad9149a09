// Browser signs a user in to the sandbox's Dex, as the Windows program that a link is opened with:
//
//	browser LINK EMAIL PASSWORD
//
// Daypass accepts the browser's way back from programs of its own user alone, and of those outside of Wine Wine knows
// nothing.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"daypass/sandbox/rawhttp"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := rawhttp.SignIn(ctx, os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "browser:", err)
		os.Exit(1)
	}
}
