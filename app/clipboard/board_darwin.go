package clipboard

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"daypass/app/messages"
)

// open returns the pasteboard of macOS, which keeps what is on it when the program that put it there ends.
func open() (board, error) { return &pasteboard{}, nil }

// pasteboard is reached by the system's own scripting: AppKit could not be called from here without C. Of what is on it,
// only its number is remembered.
type pasteboard struct{ change string }

// osascript is the program that runs the scripts, and scriptTimeout how long one may take.
const (
	osascript     = "/usr/bin/osascript"
	scriptTimeout = 4 * time.Second
)

// The scripts, in JavaScript. A text on its way to the pasteboard is in no argument. It is marked for programs that keep
// what was copied (nspasteboard.org), and stays on this computer: 1 is NSPasteboardContentsCurrentHostOnly.
const (
	putScript = `ObjC.import("AppKit");
function run() {
	const text = $.NSString.alloc.initWithDataEncoding($.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile, $.NSUTF8StringEncoding);
	const board = $.NSPasteboard.generalPasteboard;
	board.prepareForNewContentsWithOptions(1);
	if (!board.setStringForType(text, "public.utf8-plain-text")) throw new Error("refused");
	board.setStringForType("", "org.nspasteboard.ConcealedType");
	return String(board.changeCount);
}`
	clearScript = `ObjC.import("AppKit");
function run(change) {
	const board = $.NSPasteboard.generalPasteboard;
	if (String(board.changeCount) === change[0]) board.clearContents;
}`
)

// put fails with ErrNone where the user has no screen here, or no such scripts may run.
func (b *pasteboard) put(text string) (err error) {
	if b.change, err = runScript(putScript, text); err != nil {
		return fmt.Errorf("%w: %w", ErrNone, err)
	}
	return nil
}

// clear leaves what another program has put there since.
func (b *pasteboard) clear() error {
	_, err := runScript(clearScript, "", b.change)
	return err
}

func (b *pasteboard) lost() <-chan struct{} { return nil }

func (b *pasteboard) close() {}

// runScript returns what a script prints.
func runScript(script, stdin string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), scriptTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, osascript, append([]string{"-l", "JavaScript", "-e", script}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		return "", messages.NewError(fmt.Errorf("%w: %s", err, bytes.TrimSpace(words.Bytes())), "agent.clipboard.failed")
	}
	return string(bytes.TrimSpace(out)), nil
}
