package main

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/uitest"
)

// useScenes are the screen on other tools.
func useScenes() []scene {
	foreign := &app.HandoverError{Problem: app.Problem{
		Title: "Something else has this name already", Detail: "/home/ada/.aws/config: there is an entry of this name that Daypass did not make.",
		NextStep: "Rename or remove that entry, then look at the change again. Daypass touches nothing that it did not make.",
	}, Err: errors.New("foreign")}
	refused := &app.HandoverError{Problem: app.Problem{
		Title: "The limits are too long to send", Detail: "s3.example.com found the policy longer than it takes.",
		NextStep: "Choose fewer places.", Admin: "A session policy has 2,048 bytes at most.",
	}, Err: errors.New("refused")}
	waiting := uitest.Lost(-time.Minute)
	waiting.Waiting = []string{"aws", "rclone"}
	return []scene{
		use("use-tool", full, func(st *stage) {}),
		use("use-small", small, func(st *stage) {}),
		use("use-snippet-python", full, func(st *stage) { st.tap("tool:boto3"); st.tap("tool.copy") }),
		use("use-missing", full, func(st *stage) { st.tap("tool:rclone") }),
		use("use-set-up", full, func(st *stage) { st.tap("tool:rclone"); st.wait("tool.set-up", "Apply changes") }),
		use("use-set-up-small", small, func(st *stage) { st.tap("tool:rclone"); st.wait("tool.set-up", "Apply changes") }),
		use("use-done", full, func(st *stage) {
			st.tap("tool:rclone")
			st.wait("tool.set-up", "Apply changes")
			st.wait("tool.apply", "Remove…")
		}),
		use("use-take-out", full, func(st *stage) { st.wait("tool.take-out", "Remove") }),
		use("use-refused", full, func(st *stage) {
			st.tap("tool:rclone")
			st.core.FailWith(foreign)
			st.wait("tool.set-up", foreign.Problem.Title)
		}),
		use("use-keys", full, func(st *stage) { st.tap("tool:env"); st.wait("tool.copy-with-credentials", "Copied with credentials.") }),
		use("use-revoke", full, func(st *stage) { st.tap("revoke:python3 train.py") }),
		use("use-nobody", full, func(st *stage) {
			st.core.SetClients(nil)
			st.until("No tool has requested credentials yet.")
		}),
		still("session-tools-wait", waiting),
		useIn("use-waiting", uitest.Snapshot(waiting), full, func(st *stage) {}),
		use("limit-begin", full, func(st *stage) { st.wait("tool:limited", "Select bucket") }),
		use("limit-policy", full, (*stage).limit),
		use("limit-small", small, (*stage).limit),
		use("limit-fault", full, func(st *stage) {
			st.wait("tool:limited", "Select bucket")
			st.fill("limit.location", "Payroll*")
			st.tap("limit.add")
		}),
		use("limit-made", full, func(st *stage) {
			st.limit()
			st.fill("limit.program", "train.py")
			st.wait("limit.issue", "Copy for fish")
		}),
		use("limit-refused", full, func(st *stage) { st.limit(); st.core.FailWith(refused); st.wait("limit.issue", refused.Problem.Title) }),
		use("limit-taken", full, func(st *stage) {
			st.core.SetPolicy("{}")
			st.tap("tool:limited")
			st.until("Credentials cannot be limited further")
		}),
	}
}

func use(name string, size fyne.Size, act func(*stage)) scene {
	return useIn(name, uitest.Snapshot(uitest.SignedIn(42*time.Minute+10*time.Second)), size, act)
}

func useIn(name string, snapshot app.Snapshot, size fyne.Size, act func(*stage)) scene {
	s := scene{name: name, snapshot: snapshot, storage: &uitest.Storage{}, size: size}
	s.act = func(st *stage) {
		st.wait("use", "Limited credentials")
		act(st)
	}
	return s
}

// wait presses a control and waits for what comes of it.
func (st *stage) wait(id, then string) {
	st.tap(id)
	st.until(then)
}

func (st *stage) until(text string) {
	if !st.queue.Until(func() bool { return st.window.FindText(text) != nil }) {
		panic("never seen: " + text)
	}
}

// limit chooses two places for limited keys.
func (st *stage) limit() {
	st.wait("tool:limited", "Select bucket")
	for _, place := range []location.Location{{Bucket: "measurements", Prefix: "2026/"}, {Bucket: "archive"}} {
		st.fill("limit.location", place.Path())
		st.entry("limit.location").OnSubmitted("")
		st.rest()
	}
}
