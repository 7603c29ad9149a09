package fleet

import (
	"time"

	"daypass/app/session"
)

// happening is an event that an agent takes at a time of day. alarm is the setting of the alarm that it comes from.
type happening struct {
	at    time.Duration
	agent *agent
	event session.Event
	alarm int
}

// queue is what is still to happen, as a heap.Interface by time.
type queue []happening

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].at < q[j].at }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(happening)) }

func (q *queue) Pop() any {
	last := len(*q) - 1
	h := (*q)[last]
	*q = (*q)[:last]
	return h
}
