import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...['docs', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !/node_modules|^reference\//.test(name))
      .map((name) => join(folder, name)),
  ),
]

const links = (page: string): ReadonlyArray<string> =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, link = '']) =>
    link.includes('://') ? [] : [link],
  )

test.each(pages)('every link of %s leads somewhere', (page) => {
  expect(links(page).filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([])
})
