package agent

import (
	"context"
	"encoding/json"
	"net/http"

	"daypass/app"
)

// Watch implements app.Core. The channel is also closed when the agent goes away; Ensure then returns
// a new Client, whose Watch begins with the whole state again.
func (c *Client) Watch(ctx context.Context) <-chan app.Snapshot {
	return follow[app.Snapshot](ctx, c.conn, "/v1/watch")
}

// follow reads a stream of values into a slot, until ctx ends or the agent goes away.
func follow[T any](ctx context.Context, c *conn, path string) <-chan T {
	slot := make(chan T, 1)
	go func() {
		defer close(slot)
		resp, err := c.send(ctx, http.MethodGet, path, nil)
		if err != nil {
			return
		}
		defer resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			readInto(slot, json.NewDecoder(resp.Body))
		}
	}()
	return slot
}

func readInto[T any](slot chan T, lines *json.Decoder) {
	for {
		var value T
		if lines.Decode(&value) != nil {
			return
		}
		select { // the latest wins over what nobody has read yet
		case <-slot:
		default:
		}
		slot <- value
	}
}
