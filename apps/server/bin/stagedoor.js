#!/usr/bin/env node
// Here from the first install on, so that the command is linked before anything is built.
import '../dist/cli/main.js'
