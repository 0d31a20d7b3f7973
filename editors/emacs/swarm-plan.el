;;; swarm-plan.el --- Docker Swarm stack files with eglot  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.8") (yaml-mode "0.0.13"))
;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Keywords: languages, tools

;;; Commentary:

;; Stack files, inventories and swarm-plan.toml get modes of their own, so that another language
;; server may look after other YAML and TOML files.  Eglot starts swarm-plan in them:
;;
;;   (require 'swarm-plan)
;;   (add-hook 'swarm-plan-mode-hook #'eglot-ensure)
;;   (add-hook 'swarm-plan-settings-mode-hook #'eglot-ensure)

;;; Code:

(require 'conf-mode)
(require 'yaml-mode)

(defgroup swarm-plan nil
  "A dry run for Docker Swarm."
  :group 'tools)

(defcustom swarm-plan-program "swarm-plan"
  "The program: a name to look for on `exec-path', or a path."
  :type 'string)

(defcustom swarm-plan-arguments '("lsp")
  "What the program is started with."
  :type '(repeat string))

;;;###autoload
(define-derived-mode swarm-plan-mode yaml-mode "Stack"
  "Mode for Docker Swarm stack files and inventories.")

;;;###autoload
(define-derived-mode swarm-plan-settings-mode conf-toml-mode "Swarm Plan"
  "Mode for the settings file swarm-plan.toml.")

(put 'swarm-plan-mode 'eglot-language-id "yaml")
(put 'swarm-plan-settings-mode 'eglot-language-id "toml")

;; The names that `swarm-plan check' looks for, and what Compose files are called.
;;;###autoload
(dolist (name '("/\\(?:[^/]*[-.]\\)?stack\\.ya?ml\\'" "/docker-stack[^/]*\\.ya?ml\\'"
                "/\\(?:docker-\\)?compose[^/]*\\.ya?ml\\'" "/nodes\\.ya?ml\\'"))
  (add-to-list 'auto-mode-alist (cons name 'swarm-plan-mode)))
;;;###autoload
(add-to-list 'auto-mode-alist '("/swarm-plan\\.toml\\'" . swarm-plan-settings-mode))

(defun swarm-plan-contact (&optional _interactive)
  "How eglot starts the server."
  (cons swarm-plan-program swarm-plan-arguments))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((swarm-plan-mode swarm-plan-settings-mode) . swarm-plan-contact)))

(provide 'swarm-plan)

;;; swarm-plan.el ends here
