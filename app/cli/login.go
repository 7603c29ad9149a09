package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/tools"
)

func (p *program) loginCommand() *cobra.Command {
	var device, yes bool
	cmd := &cobra.Command{
		Use: "login NAME", Short: "Sign in by the browser", Args: usage(cobra.ExactArgs(1)),
		Long: "Sign in by the browser, and wait until there are keys.\n\n" +
			"The link that the browser opens is also printed on stdout, should it not open by itself. Ctrl-C cancels the sign-in.\n\n" +
			"The browser must be on this computer, where the login sends it back to. Over SSH, and wherever there is none,\n" +
			"--device signs in by a code that is typed in a browser anywhere, if the login offers that.\n\n" +
			"Where the provider sends you to another site than its own, or somebody else than before has signed in, it asks\n" +
			"whether that is right.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.onSession(func(p *program, ctx context.Context, f follower) error {
				in := signIn{p: p, f: f, stdin: cmd.InOrStdin(), yes: yes}
				return in.run(ctx, device)
			})(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&device, "device", false, "sign in on another device by a code")
	cmd.Flags().BoolVar(&yes, "yes", false, "answer yes to what is asked: only where you know that it is right")
	completeNames(cmd)
	return cmd
}

func (p *program) logoutCommand() *cobra.Command {
	return &cobra.Command{
		Use: "logout NAME", Short: "Sign out", Args: usage(cobra.ExactArgs(1)),
		Long: "Sign out: remove the session from this computer, and tell the provider and the storage server to end what they\n" +
			"gave. That takes five seconds at most. What could not be ended there, because it could not be reached or offers no\n" +
			"way, is said on stderr. The exit code is 0 once the session has ended on this computer.",
		RunE: p.onSession((*program).logout),
	}
}

// follower is one session of a core, and the watch on which it is seen to change.
type follower struct {
	core  app.Core
	watch <-chan app.Snapshot
	// before is the session as it was when the command began.
	before app.Session
}

// onSession runs a command on the session that its argument names.
func (p *program) onSession(do func(*program, context.Context, follower) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx, cancel := context.WithCancel(cmd.Context())
		defer cancel()
		core, err := p.core(ctx)
		if err != nil {
			return err
		}
		f, err := follow(ctx, core, args[0])
		if err != nil {
			return err
		}
		return do(p, ctx, f)
	}
}

func follow(ctx context.Context, core app.Core, name string) (follower, error) {
	watch := core.Watch(ctx)
	snapshot, open := <-watch
	if !open {
		return follower{}, ended(ctx)
	}
	s, err := find(snapshot, name)
	return follower{core, watch, s}, err
}

// until takes snapshots until done says so of the session.
func (f follower) until(ctx context.Context, done func(app.Session) (bool, error)) error {
	for snapshot := range f.watch {
		s, there := byID(snapshot, f.before.ID)
		if !there {
			return errors.New("the connection was removed")
		}
		if ok, err := done(s); ok || err != nil {
			return err
		}
	}
	return ended(ctx)
}

func (in *signIn) run(ctx context.Context, device bool) error {
	p, f := in.p, in.f
	if signedIn(f.before) {
		p.say("You are signed in to %s as %s already; the keys last %s.", f.before.Name, f.before.Identity, timeLeft(f.before, time.Now()))
		return nil
	}
	begin := f.core.SignIn
	if device {
		begin = f.core.SignInByDevice
	}
	if err := begin(ctx, f.before.ID); err != nil {
		return err
	}
	err := f.until(ctx, func(s app.Session) (bool, error) { return in.look(ctx, s) })
	if errors.Is(err, errInterrupted) {
		return errors.Join(err, cancelSignIn(ctx, f))
	}
	return err
}

// cancelTimeout is how long Ctrl-C waits for the agent to hear of it.
const cancelTimeout = 3 * time.Second

func cancelSignIn(ctx context.Context, f follower) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelTimeout)
	defer cancel()
	return f.core.CancelSignIn(ctx, f.before.ID)
}

func signedIn(s app.Session) bool { return s.Phase == session.Active || s.Phase == session.Renewing }

// signIn is a sign-in that the user waits for.
type signIn struct {
	p           *program
	f           follower
	stdin       io.Reader
	yes         bool // every question is answered with yes
	begun, told bool
	asked       uint64 // the last question that was answered here
}

// look takes the session as it is now, and says whether the sign-in is over.
func (in *signIn) look(ctx context.Context, s app.Session) (over bool, err error) {
	switch {
	case signedIn(s):
		in.p.say("Signed in to %s as %s. The keys last %s.", s.Name, s.Identity, timeLeft(s, time.Now()))
		in.p.printWarnings(s)
		return true, nil
	case s.Question != nil:
		in.begun, in.told = true, false // the link is another one afterwards
		return false, in.ask(ctx, *s.Question)
	case s.Phase == session.SigningIn || s.Phase == session.Exchanging:
		in.begun = true
		return false, in.printLink(ctx, s)
	case newProblem(in.f.before.Problem, s.Problem):
		return true, errors.New(problemText(*s.Problem))
	case in.begun:
		return true, errors.New("the sign-in was cancelled")
	}
	return false, nil // the agent has not begun
}

func (in *signIn) printLink(ctx context.Context, s app.Session) error {
	if !s.LinkReady || in.told {
		return nil
	}
	link, err := in.f.core.SignInLink(ctx, s.ID)
	if errors.Is(err, app.ErrNoLink) {
		return nil // answered in the meantime
	}
	if err != nil {
		return err
	}
	in.told = true
	in.p.say("%s", beforeLink(s))
	_, err = fmt.Fprintln(in.p.stdout, link)
	return err
}

// beforeLink is what is said before the link. Anyone who got a code from somebody else would sign that
// user in as themselves, so a code comes with a warning.
func beforeLink(s app.Session) string {
	switch {
	case s.UserCode != "":
	case os.Getenv("SSH_CONNECTION") != "":
		return "The login sends its answer to a port of this computer. Open the link in a browser here, or in one whose ssh\n" +
			"forwards that port; or cancel and use daypass login " + tools.Handle(s.ID) + " --device, if the login has codes:"
	default:
		return "Your browser opens for the sign-in. If it does not, open this link in it:"
	}
	return "Type this code only because you have just run this command yourself. If somebody sent it to you, or asks you\n" +
		"for it, it is a fraud: they would be signed in as you.\n\n" +
		"The code is  " + s.UserCode + "\n\nOpen this address in a browser, on any device, and type it there:"
}

// printWarnings says what a user should know of the session that has begun.
func (p *program) printWarnings(s app.Session) {
	for _, code := range s.Warnings {
		if text := app.WarningText(code); text != "" {
			p.say("%s", text)
		}
	}
}

func newProblem(before, now *app.Problem) bool {
	return now != nil && (before == nil || !before.At.Equal(now.At))
}

func (p *program) logout(ctx context.Context, f follower) error {
	if f.before.Phase == session.SignedOut {
		p.say("You are not signed in to %s.", f.before.Name)
		return nil
	}
	if err := f.core.SignOut(ctx, f.before.ID); err != nil {
		return err
	}
	return f.until(ctx, func(s app.Session) (bool, error) {
		if s.Phase != session.SignedOut || s.SigningOut {
			return false, nil
		}
		p.say("%s", signedOutText(f.before, s))
		return true, nil
	})
}

// signedOutText says what has been ended, and what could not be.
func signedOutText(before, now app.Session) string {
	if !newProblem(before.Problem, now.Problem) {
		return "Signed out of " + now.Name + "."
	}
	return "Signed out of " + now.Name + " on this computer, but not everywhere. " + now.Problem.Detail + "\n" + now.Problem.NextStep
}
