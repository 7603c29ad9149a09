package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/clipboard"
	"daypass/app/harden"
	"daypass/app/messages"
	"daypass/app/notify"
	"daypass/app/sessionbus"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// clipboardName is the command, below that of the agent, by which a child of the agent holds credentials on
// the clipboard.
const clipboardName = "clipboard"

func (p *program) clipboardCommand() *cobra.Command {
	return &cobra.Command{
		Use: clipboardName, Hidden: true, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			harden.Process()
			return clipboard.Serve(cmd.InOrStdin(), p.stdout)
		},
	}
}

// holder is the clipboard for secrets: one child of the agent holds whatever was copied last.
type holder struct{ board clipboard.Process }

func newHolder() *holder {
	self, _ := os.Executable() // where that fails, so does starting it, which is told
	return &holder{clipboard.Process{Command: []string{self, agent.Command, clipboardName}}}
}

// put is what app.Clipboard's CopySecret does.
func (h *holder) put(ctx context.Context, text secret.Secret, after time.Duration) error {
	sessionbus.FindDisplay(ctx)
	err := h.board.Put(ctx, text, after)
	if errors.Is(err, clipboard.ErrNone) {
		return app.ErrNoClipboard
	}
	return err
}

// copier copies the credentials of a connection where there is no window that could.
type copier struct {
	core    app.Core
	notices chan<- notify.Message
	log     *slog.Logger
}

// copy puts the credentials of a connection on the clipboard for as long as after says, and informs the user
// where it cannot.
func (c *copier) copy(ctx context.Context, id, format string, after time.Duration) {
	err := c.put(ctx, id, format, after)
	if err == nil || ctx.Err() != nil {
		return
	}
	c.log.Error("keys cannot be copied", "session", id, "format", format, "error", err)
	m := notify.Message{Title: messages.Text("cli.copy.failed.title"), Body: messages.Text("cli.copy.failed.hint", messages.Args{"Name": tools.Handle(id)})}
	if errors.Is(err, app.ErrNoClipboard) {
		m.Body = messages.Text("common.joined", messages.Args{"First": messages.Text("cli.copy.failed.no-clipboard"), "Second": m.Body})
	}
	select {
	case c.notices <- m:
	case <-ctx.Done():
	}
}

func (c *copier) put(ctx context.Context, id, format string, after time.Duration) error {
	access, err := c.core.ToolCredentials(ctx, id, "clipboard ("+format+")") // as the window calls it
	if err != nil {
		return err
	}
	text, err := tools.Encode(format, access, tools.Command{})
	if err != nil {
		return err
	}
	return c.core.CopySecret(ctx, secret.New(string(text)), after)
}
