package durable

// nonBlocking is nothing: named pipes have a namespace of their own here.
const nonBlocking = 0
